package vn.sotay.platform.demo;

import java.time.LocalDate;
import java.util.Optional;
import vn.sotay.api.store.Store;

/** What of the demo was made: the table {@code demo_done}. */
final class DemoRows {

    /** @param day as of which it is made up */
    record Done(DemoSize size, LocalDate day, boolean finished) {}

    private final Store store;

    DemoRows(Store store) {
        this.store = store;
    }

    Optional<Done> find(String module) {
        return store.read(tx -> tx.handle()
                .createQuery("select extent, made_on, finished from demo_done where module = :module")
                .bind("module", module)
                .map((row, context) -> new Done(
                        DemoSize.valueOf(row.getString(1)), LocalDate.parse(row.getString(2)), row.getBoolean(3)))
                .findFirst());
    }

    void write(String module, Done done) {
        store.change(tx -> {
            int rows =
                    tx.handle().execute("update demo_done set finished = ? where module = ?", done.finished(), module);
            if (rows == 0) {
                tx.handle()
                        .execute(
                                "insert into demo_done (module, extent, made_on, finished) values (?, ?, ?, ?)",
                                module,
                                done.size(),
                                done.day(),
                                done.finished());
            }
        });
    }
}

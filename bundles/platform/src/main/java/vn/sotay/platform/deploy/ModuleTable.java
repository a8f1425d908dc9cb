package vn.sotay.platform.deploy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;

/** The table {@code deployed_module}. */
@Component
public final class ModuleTable implements ModuleRecords {

    private final Store store;

    @Activate
    public ModuleTable(@Reference Store store) {
        this.store = store;
    }

    @Override
    public List<Row> all() {
        return store.read(tx -> tx.handle()
                .createQuery("select id, file, version, sha256, platform, stopped_by, stopped_at from deployed_module"
                        + " order by id")
                .map((row, context) -> {
                    String by = row.getString("stopped_by");
                    return new Row(
                            row.getString("id"),
                            row.getString("file"),
                            row.getString("version"),
                            row.getString("sha256"),
                            row.getString("platform"),
                            by == null
                                    ? null
                                    : new Stop(UUID.fromString(by), Instant.ofEpochMilli(row.getLong("stopped_at"))));
                })
                .list());
    }

    @Override
    public void put(Row row) {
        store.change(tx -> {
            int updated = bind(
                            tx,
                            tx.handle()
                                    .createUpdate("update deployed_module set file = :file, version = :version,"
                                            + " sha256 = :sha256, platform = :platform, changed_at = :now,"
                                            + " stopped_by = :stoppedBy, stopped_at = :stoppedAt where id = :id"),
                            row)
                    .execute();
            if (updated == 0) {
                bind(
                                tx,
                                tx.handle()
                                        .createUpdate(
                                                "insert into deployed_module"
                                                        + " (id, file, version, sha256, platform, changed_at, stopped_by, stopped_at)"
                                                        + " values (:id, :file, :version, :sha256, :platform, :now, :stoppedBy, :stoppedAt)"),
                                row)
                        .execute();
            }
        });
    }

    private static <S extends SqlStatement<S>> S bind(Transaction tx, S statement, Row row) {
        Stop stop = row.stop();
        return statement
                .bind("id", row.id())
                .bind("file", row.file())
                .bind("version", row.version())
                .bind("sha256", row.sha256())
                .bind("platform", row.platform())
                .bind("now", tx.now())
                .bind("stoppedBy", stop == null ? null : stop.by().toString())
                .bind("stoppedAt", stop == null ? null : (Long) stop.at().toEpochMilli());
    }

    @Override
    public void remove(String id) {
        store.change(tx -> tx.handle().execute("delete from deployed_module where id = ?", id));
    }
}

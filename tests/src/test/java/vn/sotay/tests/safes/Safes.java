package vn.sotay.tests.safes;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;

/** {@code /api/safes}. */
@Component
public final class Safes implements Endpoints {

    private static final Permission USE = new Permission("safes.use");
    private static final String INCOME = "income";
    private static final String NOTE = "note";

    private final Store store;
    private final Seals seals;

    @Activate
    public Safes(@Reference Store store, @Reference Seals seals) {
        this.store = store;
        this.seals = seals;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/safes")
                .needs(USE)
                .query(INCOME, String.class, "the whole of it")
                .gives(Safe.Found.class)
                .says("Find safes")
                .to(this::find);
        routes.get("/api/safes/{id}")
                .needs(USE)
                .gives(Safe.class)
                .says("Open a safe")
                .to(this::get);
        routes.put("/api/safes/{id}")
                .needs(USE)
                .takes(Safe.class)
                .gives(Safe.class)
                .says("Fill a safe")
                .to(this::put);
    }

    private Reply find(Request request) {
        String income = request.query(INCOME, String.class).orElse("");
        return store.read(tx -> {
            List<String> hashes = seals.hashes(INCOME, income);
            return Reply.ok(new Safe.Found(tx.handle()
                    .createQuery("select id from safe where income_hash in (<hashes>) order by id")
                    .bindList("hashes", hashes)
                    .mapTo(String.class)
                    .list()));
        });
    }

    private Reply get(Request request) {
        String id = request.id("id").toString();
        return store.read(tx -> tx.handle()
                .createQuery("select income_sealed, note_sealed from safe where id = ?")
                .bind(0, id)
                .map((row, context) -> Reply.ok(
                        new Safe(seals.open(INCOME, id, row.getString(1)), seals.open(NOTE, id, row.getString(2)))))
                .findFirst()
                .orElseThrow(Problem::notFound));
    }

    private Reply put(Request request) {
        UUID id = request.id("id");
        Safe safe = request.body(Safe.class);
        store.change(tx -> {
            String key = id.toString();
            String income = seals.seal(INCOME, key, safe.income());
            String hash = seals.hash(INCOME, safe.income());
            String note = seals.seal(NOTE, key, safe.note());
            int there = tx.handle()
                    .execute(
                            "update safe set income_sealed = ?, income_hash = ?, note_sealed = ? where id = ?",
                            income,
                            hash,
                            note,
                            key);
            if (there == 0) {
                tx.handle()
                        .execute(
                                "insert into safe (id, income_sealed, income_hash, note_sealed) values (?, ?, ?, ?)",
                                key,
                                income,
                                hash,
                                note);
            }
        });
        return Reply.ok(safe);
    }
}

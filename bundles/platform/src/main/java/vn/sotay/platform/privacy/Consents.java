package vn.sotay.platform.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/**
 * What members agree to beyond what the law and the Party's rules ask for. Each is named by a module in {@code consents} of its {@code
 * module.json}, with the version of its text: who agreed to an older one is asked again. Nobody has agreed before saying so; what was
 * given and taken back stays as proof. Thread-safe.
 */
@Component(service = {Consents.class, ModulePart.class})
public final class Consents implements ModulePart {

    /** Fellow members of the cell see one's phone number. */
    static final String PHONE_IN_CELL = "platform.phone-in-cell";

    /**
     * Something to agree to.
     *
     * @param id {@code <module>.<name>}: its text is {@code consent.<name>} of the module's texts
     * @param given whether the caller has agreed to the text of today
     * @param since when it was given; null if it is not
     */
    record Consent(
            String id, int version, boolean given, @Nullable Instant since) {}

    /** A fellow member who wants to be called. */
    record Contact(String name, String phone) {}

    private record Row(UUID id, int version, Instant given) {}

    private final Store store;
    private final MemberBook members;

    /** Versions by id. */
    private final Map<String, Integer> named = new ConcurrentSkipListMap<>();

    @Activate
    public Consents(BundleContext context, @Reference Store store, @Reference MemberBook members)
            throws ModuleException {
        this.store = store;
        this.members = members;
        add(platform(context));
    }

    private static Module platform(BundleContext context) throws ModuleException {
        try {
            Module bare =
                    new Module(Module.PLATFORM, context.getBundle(), Json.own().createObjectNode());
            return new Module(
                    bare.id(),
                    bare.bundle(),
                    Json.ownFiles().readTree(bare.read("sotay/module.json").orElseThrow()));
        } catch (java.io.IOException e) {
            throw new ModuleException("sotay/module.json of the platform cannot be read", e);
        }
    }

    // ---- modules

    @Override
    public void check(Module module) throws ModuleException {
        read(module);
    }

    @Override
    public void add(Module module) throws ModuleException {
        Map<String, Integer> more = read(module);
        remove(module);
        named.putAll(more);
    }

    @Override
    public void remove(Module module) {
        named.keySet().removeIf(id -> id.startsWith(module.id() + '.'));
    }

    static Map<String, Integer> read(Module module) throws ModuleException {
        Map<String, Integer> consents = new ConcurrentSkipListMap<>();
        for (Map.Entry<String, JsonNode> one :
                module.descriptor().path("consents").properties()) {
            if (!one.getKey().matches("[a-z][a-z0-9-]{0,30}")
                    || !one.getValue().isInt()
                    || one.getValue().intValue() < 1) {
                throw new ModuleException("consents of " + module.id()
                        + " are names in small letters, each with the version of its text: " + one.getKey());
            }
            consents.put(module.id() + '.' + one.getKey(), one.getValue().intValue());
        }
        return consents;
    }

    // ---- members

    /** What the caller is asked, with what it has said. */
    List<Consent> of(Caller caller) {
        UUID self = self(caller);
        return store.read(tx -> {
            List<Consent> all = new ArrayList<>();
            named.forEach((id, version) -> {
                Optional<Row> row = given(tx, self, id).filter(found -> found.version() == version);
                all.add(new Consent(
                        id, version, row.isPresent(), row.map(Row::given).orElse(null)));
            });
            return all;
        });
    }

    private static UUID self(Caller caller) {
        return caller.member().orElseThrow(Problem::notFound);
    }

    /**
     * The caller agrees to the text of this version, or takes that back.
     *
     * @throws ProblemException 404 if there is nothing of that name, 422 if the text is another by now
     */
    void say(Caller caller, String id, int version, boolean given) {
        UUID self = self(caller);
        Integer current = named.get(id);
        if (current == null) {
            throw Problem.notFound();
        }
        if (given && version != current) {
            throw Problem.invalid("version", "consent.other-text");
        }
        store.change(tx -> {
            // of two at once each waits for the other here
            members.lock(tx, self).orElseThrow(Problem::notFound);
            Optional<Row> before = given(tx, self, id);
            if (given && before.filter(row -> row.version() == current).isPresent() || !given && before.isEmpty()) {
                return;
            }
            tx.handle()
                    .execute(
                            "update consent set withdrawn_at = ?, withdrawn_by = ?"
                                    + " where member = ? and what = ? and withdrawn_at is null",
                            tx.now(),
                            caller.account(),
                            self,
                            id);
            UUID row = UUID.randomUUID();
            if (given) {
                tx.handle()
                        .execute(
                                "insert into consent (id, member, what, version, given_at, given_by)"
                                        + " values (?, ?, ?, ?, ?, ?)",
                                row,
                                self,
                                id,
                                current,
                                tx.now(),
                                caller.account());
            }
            tx.audited(
                    AuditKind.WRITE,
                    "consent",
                    given ? row : before.get().id(),
                    self,
                    id + ' ' + (given ? "given, version " + current : "withdrawn"));
        });
    }

    private static Optional<Row> given(Transaction tx, UUID member, String what) {
        return tx.handle()
                .createQuery("select id, version, given_at from consent"
                        + " where member = :member and what = :what and withdrawn_at is null order by given_at desc")
                .bind("member", member)
                .bind("what", what)
                .map((row, context) ->
                        new Row(UUID.fromString(row.getString(1)), row.getInt(2), Instant.ofEpochMilli(row.getLong(3))))
                .findFirst();
    }

    /** All that a member has ever said, the newest first. */
    List<Map<String, Object>> history(Transaction tx, UUID member) {
        return tx.handle()
                .createQuery("select what, version, given_at, withdrawn_at from consent where member = :member"
                        + " order by given_at desc, id")
                .bind("member", member)
                .map((row, context) -> {
                    long withdrawn = row.getLong(4);
                    Map<String, Object> said = new java.util.LinkedHashMap<>();
                    said.put("consent", row.getString(1));
                    said.put("version", row.getInt(2));
                    said.put("given", Instant.ofEpochMilli(row.getLong(3)));
                    if (withdrawn != 0) {
                        said.put("withdrawn", Instant.ofEpochMilli(withdrawn));
                    }
                    return said;
                })
                .list();
    }

    /** The fellow members of the caller's cell who have agreed that their phone number is shown, by given name. */
    List<Contact> contacts(Caller caller) {
        UUID self = self(caller);
        UUID cell = caller.cell().orElseThrow(Problem::notFound).id();
        Integer version = named.get(PHONE_IN_CELL);
        return store.read(tx -> {
            List<UUID> agreed = tx.handle()
                    .createQuery("select c.member from consent c join member m on m.id = c.member where m.cell = :cell"
                            + " and c.what = :what and c.version = :version and c.withdrawn_at is null")
                    .bind("cell", cell)
                    .bind("what", PHONE_IN_CELL)
                    .bind("version", version)
                    .mapTo(UUID.class)
                    .list();
            return members.ofCell(tx, cell).stream()
                    .filter(member ->
                            agreed.contains(member.id()) && !member.id().equals(self))
                    .filter(member -> member.phone() != null && member.status() != MemberStatus.LEFT)
                    .sorted(Comparator.comparing((Member member) -> Folding.byGivenName(member.name())))
                    .map(member -> new Contact(member.name(), String.valueOf(member.phone())))
                    .toList();
        });
    }
}

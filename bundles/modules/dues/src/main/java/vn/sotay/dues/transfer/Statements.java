package vn.sotay.dues.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.table.Tables;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Payment;
import vn.sotay.dues.payment.Payments;
import vn.sotay.dues.payment.Rights;
import vn.sotay.dues.transfer.Matching.Asked;
import vn.sotay.dues.transfer.StatementFile.Line;

/**
 * What came to a unit's bank account by the bank's statements, put beside what members were asked for, and taken as dues by whoever keeps
 * the account. The same statement twice changes nothing.
 */
@Component(service = Statements.class)
public final class Statements {

    static final String MEMO = "transfer-memo";

    private static final String MEMBER = "member";

    private static final int MOST_ROWS = 20_000;
    private static final int SLICE = 200;
    private static final int LONGEST_MEMO = 400;
    private static final int MOST_CODES = 20;

    /** A transfer as it is, and how often it was taken back. */
    private record Found(Saved<Transfer> saved, int reversals) {

        Transfer transfer() {
            return saved.value();
        }
    }

    /** A request that a memo names. */
    private record Named(
            UUID request, UUID member, @Nullable List<String> periods, Asked asked) {}

    private final Store store;
    private final Units units;
    private final Members members;
    private final Payments payments;
    private final Requests requests;
    private final Seals seals;
    private final Tables tables;
    private final List<StatementLayout> layouts = StatementLayouts.read();

    @Activate
    public Statements(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Payments payments,
            @Reference Requests requests,
            @Reference Seals seals,
            @Reference Tables tables) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.payments = payments;
        this.requests = requests;
        this.seals = seals;
        this.tables = tables;
    }

    // ---- a statement comes

    public Transfer.Statement take(Caller caller, Form form) {
        Unit unit = units.get(
                form.text("unit").map(Statements::uuid).orElseThrow(() -> Problem.invalid("unit", "required")));
        caller.require(Rights.SETTLE, unit);
        Form.Upload file = form.file("file").orElseThrow(() -> Problem.invalid("file", "required"));
        try (InputStream in = file.content()) {
            return take(caller, unit, file.name(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }

    Transfer.Statement take(Caller caller, Unit unit, String name, byte[] content) {
        List<Line> lines = StatementFile.read(tables.read(content, MOST_ROWS), layouts)
                .orElseThrow(() -> Problem.invalid("file", "no-statement"));
        UUID id = UUID.randomUUID();
        int added = 0;
        for (int from = 0; from < lines.size(); from += SLICE) {
            List<Line> slice = lines.subList(from, Math.min(lines.size(), from + SLICE));
            added += store.<Integer, RuntimeException>write(tx -> add(tx, unit, id, slice));
        }
        String shortName = name.length() > 200 ? name.substring(0, 200) : name;
        int known = added;
        return store.write(tx -> {
            var statement = new Transfer.Statement(id, unit.id(), shortName, lines.size(), known, known, tx.now());
            tx.handle()
                    .createUpdate("insert into dues_statement (id, unit, name, sent_by, sent_at, transfers, added)"
                            + " values (:id, :unit, :name, :by, :sentAt, :transfers, :added)")
                    .bindMethods(statement)
                    .bind("by", caller.account())
                    .execute();
            return statement;
        });
    }

    /** The statements of a unit's account, the newest first. */
    public Page<Transfer.Statement> sent(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        Unit unit = units.current(id);
        caller.require(Rights.SETTLE, unit);
        if (after != null && after.size() < 2) {
            throw Problem.invalid("after", "cursor");
        }
        long until = after == null ? Long.MAX_VALUE : millis(after.get(0));
        return store.read(tx -> {
            Map<UUID, Integer> open = open(tx, id);
            List<Transfer.Statement> statements = tx.handle()
                    .createQuery("select * from dues_statement where unit = :unit"
                            + " and (sent_at < :until or sent_at = :until and id > :id)"
                            + " order by sent_at desc, id fetch first :rows rows only")
                    .bind("unit", id)
                    .bind("until", until)
                    .bind("id", after == null ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(row -> statement(row, open))
                    .list();
            return Page.of(
                    statements,
                    limit,
                    one -> List.of(
                            Long.toString(one.sentAt().toEpochMilli()), one.id().toString()));
        });
    }

    private static long millis(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.invalid("after", "cursor");
        }
    }

    /** How many transfers of each statement wait to be looked at. */
    private static Map<UUID, Integer> open(Transaction tx, UUID unit) {
        Map<UUID, Integer> open = new HashMap<>();
        tx.handle()
                .createQuery("select statement, count(*) as transfers from dues_transfer where unit = :unit"
                        + " and state = 'OPEN' group by statement")
                .bind("unit", unit)
                .map(row -> open.put(row.getColumn("statement", UUID.class), row.getColumn("transfers", Integer.class)))
                .list();
        return open;
    }

    private static Transfer.Statement statement(RowView row, Map<UUID, Integer> open) {
        UUID id = row.getColumn("id", UUID.class);
        return new Transfer.Statement(
                id,
                row.getColumn("unit", UUID.class),
                row.getColumn("name", String.class),
                row.getColumn("transfers", Integer.class),
                row.getColumn("added", Integer.class),
                open.getOrDefault(id, 0),
                row.getColumn("sent_at", Instant.class));
    }

    private int add(Transaction tx, Unit unit, UUID statement, List<Line> lines) {
        String account = requests.number(tx, unit);
        int added = 0;
        for (Line line : lines) {
            UUID id = key(account, line);
            if (find(tx, id).isEmpty()) {
                insert(tx, unit, statement, id, line);
                added++;
            }
        }
        return added;
    }

    /** Account, reference, day and amount; the memo where the bank gives no reference. */
    private static UUID key(String account, Line line) {
        String reference = line.reference().isBlank() ? line.memo() : line.reference();
        return UUID.nameUUIDFromBytes(
                String.join("\n", account, reference, line.day().toString(), Long.toString(line.amount()))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void insert(Transaction tx, Unit unit, UUID statement, UUID id, Line line) {
        List<String> codes = Memo.codes(line.memo()).stream().limit(MOST_CODES).toList();
        String memo = line.memo().length() > LONGEST_MEMO ? line.memo().substring(0, LONGEST_MEMO) : line.memo();
        String reference = line.reference().length() > 100 ? line.reference().substring(0, 100) : line.reference();
        tx.handle()
                .createUpdate(
                        "insert into dues_transfer (id, statement, unit, reference, value_day, amount, memo_sealed,"
                                + " codes, outcome, state, version) values (:id, :statement, :unit, :reference, :day, :amount,"
                                + " :memo, :codes, :outcome, 'OPEN', 1)")
                .bind("id", id)
                .bind("statement", statement)
                .bind("unit", unit.id())
                .bind("reference", reference)
                .bind("day", line.day().toString())
                .bind("amount", line.amount())
                .bind("memo", seals.seal(MEMO, id.toString(), memo))
                .bind("codes", String.join(",", codes))
                .bind("outcome", Matching.outcome(line.amount(), asked(named(tx, unit, codes))))
                .execute();
    }

    private static List<Asked> asked(List<Named> named) {
        return named.stream().map(Named::asked).toList();
    }

    /** The requests to this unit's account that have these codes, in their order. */
    private static List<Named> named(Transaction tx, Unit unit, List<String> codes) {
        List<Named> named = new ArrayList<>();
        for (String code : codes) {
            tx.handle()
                    .createQuery("select * from dues_request where code = :code and account = :unit")
                    .bind("code", code)
                    .bind("unit", unit.id())
                    .map(Statements::ofRow)
                    .findFirst()
                    .ifPresent(named::add);
        }
        return named;
    }

    private static Named ofRow(RowView row) {
        String periods = row.getColumn("periods", String.class);
        return new Named(
                row.getColumn("id", UUID.class),
                row.getColumn("member", UUID.class),
                periods == null ? null : Arrays.asList(periods.split(",")),
                new Asked(
                        row.getColumn("code", String.class),
                        row.getColumn("amount", Long.class),
                        row.getColumn("settled_by", String.class) != null));
    }

    // ---- what came is looked through

    /** What came to a unit's account, by day: all, or of one state. */
    public Page<Transfer> list(
            Caller caller, UUID id, Transfer.@Nullable State state, int limit, @Nullable List<String> after) {
        Unit unit = units.current(id);
        caller.require(Rights.SETTLE, unit);
        if (after != null && after.size() < 2) {
            throw Problem.invalid("after", "cursor");
        }
        return store.read(tx -> {
            List<Transfer> transfers = tx.handle()
                    .createQuery("select * from dues_transfer where unit = :unit"
                            + (state == null ? "" : " and state = :state")
                            + " and value_day >= :day and (value_day > :day or id > :id)"
                            + " order by value_day, id fetch first :rows rows only")
                    .bind("unit", id)
                    .bindMap(state == null ? Map.of() : Map.of("state", state.name()))
                    .bind("day", after == null ? "" : after.get(0))
                    .bind("id", after == null ? "" : after.get(1))
                    .bind("rows", limit + 1)
                    .map(row -> transfer(tx, row).transfer())
                    .list();
            return Page.of(
                    transfers,
                    limit,
                    one -> List.of(one.day().toString(), one.id().toString()));
        });
    }

    private Optional<Found> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_transfer where id = :id")
                .bind("id", id)
                .map(row -> transfer(tx, row))
                .findFirst();
    }

    private Found transfer(Transaction tx, RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        long amount = row.getColumn("amount", Long.class);
        Unit unit = units.current(row.getColumn("unit", UUID.class));
        Transfer.State state = row.getColumn("state", Transfer.State.class);
        String codes = row.getColumn("codes", String.class);
        List<Named> named = codes.isEmpty() ? List.of() : named(tx, unit, Arrays.asList(codes.split(",")));
        boolean open = state == Transfer.State.OPEN;
        int reversals = row.getColumn("reversals", Integer.class);
        List<Transfer.Share> shares = open
                ? suggestions(tx, amount, named)
                : state == Transfer.State.TAKEN ? taken(tx, id, codes, reversals) : List.of();
        Transfer transfer = new Transfer(
                id,
                unit.id(),
                row.getColumn("reference", String.class),
                row.getColumn("value_day", LocalDate.class),
                amount,
                seals.open(MEMO, id.toString(), row.getColumn("memo_sealed", String.class)),
                open ? Matching.outcome(amount, asked(named)) : row.getColumn("outcome", Outcome.class),
                state,
                shares);
        return new Found(new Saved<>(transfer, row.getColumn("version", Long.class)), reversals);
    }

    /** For whom it was taken. */
    private List<Transfer.Share> taken(Transaction tx, UUID id, String codes, int reversals) {
        return payments.of(tx, payments(id, codes, reversals)).stream()
                .map(one -> new Transfer.Share(one.member(), name(tx, one.member()), one.amount()))
                .toList();
    }

    /** The ids of the payments that a transfer may have become: one for the member that was named, or one for each code. */
    private static List<UUID> payments(UUID transfer, String codes, int reversals) {
        List<String> parts = new ArrayList<>(List.of(MEMBER));
        parts.addAll(codes.isEmpty() ? List.of() : Arrays.asList(codes.split(",")));
        return parts.stream().map(part -> payment(transfer, part, reversals)).toList();
    }

    /** Each time that a transfer is taken its payments are others: the ones before stay, taken back. */
    private static UUID payment(UUID transfer, String part, int reversals) {
        String name = transfer + "/" + part + (reversals == 0 ? "" : "/" + reversals);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private String name(Transaction tx, UUID member) {
        return members.find(tx, member).map(Member::name).orElse("");
    }

    private List<Transfer.Share> suggestions(Transaction tx, long amount, List<Named> named) {
        Map<String, Long> shares = Matching.shares(amount, asked(named));
        return named.stream()
                .filter(one -> shares.containsKey(one.asked().code()))
                .map(one -> new Transfer.Share(
                        one.member(),
                        name(tx, one.member()),
                        shares.getOrDefault(one.asked().code(), 0L)))
                .toList();
    }

    /** Takes a transfer as dues, for those whom its memo names or for one member, or leaves it. Once taken it stays so until it is taken back. */
    public Saved<Transfer> decide(Caller caller, UUID id, Transfer.Decision body) {
        return store.write(tx -> {
            Found there = locked(tx, caller, id);
            if (there.transfer().state() == Transfer.State.TAKEN) {
                if (body.take()) {
                    return there.saved();
                }
                throw Problem.conflict("transfer.taken");
            }
            if (body.take()) {
                pay(tx, caller, there, body.member());
            }
            Transfer.State state = body.take() ? Transfer.State.TAKEN : Transfer.State.LEFT;
            tx.handle()
                    .createUpdate("update dues_transfer set state = :state, outcome = :outcome, decided_by = :by,"
                            + " decided_at = :now where id = :id")
                    .bind("state", state)
                    .bind("outcome", there.transfer().outcome())
                    .bind("by", caller.account())
                    .bind("now", tx.now())
                    .bind("id", id)
                    .execute();
            return find(tx, id).orElseThrow().saved();
        });
    }

    /** Locked first, so that two who decide at once do not both take it. */
    private Found locked(Transaction tx, Caller caller, UUID id) {
        tx.handle().execute("update dues_transfer set version = version + 1 where id = ?", id);
        Found there = find(tx, id).orElseThrow(Problem::notFound);
        caller.require(Rights.SETTLE, units.current(there.transfer().unit()));
        return there;
    }

    /**
     * Takes back what was taken of a transfer: its payments are reversed in the first day of their book that is open, what they had settled
     * is asked for again, and the transfer can be taken for somebody else. The same again changes nothing.
     */
    public Saved<Transfer> reverse(Caller caller, UUID id, Transfer.Reversal body) {
        return store.write(tx -> {
            Found there = locked(tx, caller, id);
            if (body.reason().isBlank()) {
                throw Problem.invalid("reason", "required");
            }
            if (there.transfer().state() != Transfer.State.TAKEN) {
                if (there.reversals() > 0 && there.transfer().state() == Transfer.State.OPEN) {
                    return there.saved();
                }
                throw Problem.conflict("transfer.not-taken");
            }
            reverse(tx, caller, there, body.reason());
            tx.handle()
                    .execute(
                            "update dues_transfer set state = 'OPEN', reversals = reversals + 1, decided_by = null,"
                                    + " decided_at = null where id = ?",
                            id);
            return find(tx, id).orElseThrow().saved();
        });
    }

    private void reverse(Transaction tx, Caller caller, Found there, String reason) {
        Transfer transfer = there.transfer();
        Unit unit = units.current(transfer.unit());
        LocalDate today = tx.now().atZone(Payments.ZONE).toLocalDate();
        String codes = String.join(",", Memo.codes(transfer.memo()));
        for (Payment one : payments.of(tx, payments(transfer.id(), codes, there.reversals()))) {
            if (one.reversedBy() == null) {
                UUID back = UUID.nameUUIDFromBytes((one.id() + "/reversed").getBytes(StandardCharsets.UTF_8));
                payments.put(tx, caller, back, Payment.reversalOf(one, today, reason), unit);
            }
            requests.unsettle(tx, Objects.requireNonNull(one.id()));
        }
    }

    private void pay(Transaction tx, Caller caller, Found found, @Nullable UUID member) {
        Transfer transfer = found.transfer();
        if (member != null) {
            pay(tx, caller, found, member, transfer.amount(), null, MEMBER);
            return;
        }
        Unit unit = units.current(transfer.unit());
        List<Named> named = named(tx, unit, Memo.codes(transfer.memo()));
        Map<String, Long> shares = Matching.shares(transfer.amount(), asked(named));
        if (shares.isEmpty()) {
            throw Problem.invalid("member", "required");
        }
        for (Named one : named) {
            Long share = shares.get(one.asked().code());
            if (share != null) {
                UUID payment = pay(
                        tx,
                        caller,
                        found,
                        one.member(),
                        share,
                        one.periods(),
                        one.asked().code());
                requests.settle(tx, one.request(), payment);
            }
        }
    }

    private UUID pay(
            Transaction tx,
            Caller caller,
            Found found,
            UUID member,
            long amount,
            @Nullable List<String> periods,
            String part) {
        Transfer transfer = found.transfer();
        Unit unit = units.current(transfer.unit());
        Unit cell =
                members.find(tx, member).map(one -> units.current(one.cell())).orElse(null);
        if (cell == null || !cell.isWithin(unit)) {
            throw Problem.invalid("member", "not-below");
        }
        UUID id = payment(transfer.id(), part, found.reversals());
        String reference =
                transfer.reference().length() > 60 ? transfer.reference().substring(0, 60) : transfer.reference();
        Payment payment = Payment.of(
                member,
                amount,
                transfer.day(),
                Payment.Channel.TRANSFER,
                reference.isEmpty() ? null : reference,
                periods,
                Payment.Rest.AHEAD);
        payments.put(tx, caller, id, payment, unit);
        return id;
    }
}

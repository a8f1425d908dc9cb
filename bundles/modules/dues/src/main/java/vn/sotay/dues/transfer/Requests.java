package vn.sotay.dues.transfer;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.dues.payment.Balances;
import vn.sotay.dues.payment.Periods;
import vn.sotay.dues.payment.Rights;

/** The bank accounts of units, and what members are asked to transfer there. Nobody outside is asked for anything. */
@Component(service = Requests.class)
public final class Requests {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Balances balances;
    private final Banks banks = new Banks();
    private final SecureRandom random = new SecureRandom();

    @Activate
    public Requests(
            @Reference Store store, @Reference Units units, @Reference Members members, @Reference Balances balances) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.balances = balances;
    }

    public Page<Bank> banks() {
        return new Page<>(banks.all(), null);
    }

    // ---- accounts

    /** The account to which the dues of a unit go: its own, or that of the next unit above that has one. */
    public Saved<Account> account(Caller caller, UUID id) {
        Unit unit = units.get(id);
        if (!caller.sees(unit)) {
            throw Problem.notFound();
        }
        return store.read(tx -> accountFor(tx, unit)).orElseThrow(Problem::notFound);
    }

    private Optional<Saved<Account>> accountFor(Transaction tx, Unit unit) {
        List<Unit> path = units.path(unit.id());
        for (int i = path.size() - 1; i >= 0; i--) {
            Optional<Saved<Account>> account = own(tx, path.get(i).id());
            if (account.isPresent()) {
                return account;
            }
        }
        return Optional.empty();
    }

    private static Optional<Saved<Account>> own(Transaction tx, UUID unit) {
        return tx.handle()
                .createQuery("select * from dues_account where unit = :unit")
                .bind("unit", unit)
                .map(row -> new Saved<>(
                        new Account(
                                row.getColumn("unit", UUID.class),
                                row.getColumn("bin", String.class),
                                row.getColumn("number", String.class),
                                row.getColumn("holder", String.class)),
                        row.getColumn("version", Long.class)))
                .findFirst();
    }

    /** Requests that were made before keep the account that they name. */
    public Saved<Account> putAccount(Caller caller, UUID id, Account body) {
        if (banks.byBin(body.bin()).isEmpty()) {
            throw Problem.invalid("bin", "no-bank");
        }
        return store.write(tx -> {
            Unit unit = units.get(id);
            caller.require(Rights.SETTLE, unit);
            Optional<Saved<Account>> there = own(tx, id);
            Account account = new Account(id, body.bin(), body.number(), body.holder());
            if (there.filter(one -> one.value().equals(account)).isPresent()) {
                return there.get();
            }
            long version = there.map(Saved::version).orElse(0L) + 1;
            tx.handle()
                    .createUpdate(
                            there.isPresent()
                                    ? "update dues_account set bin = :bin, number = :number, holder = :holder,"
                                            + " version = :version where unit = :unit"
                                    : "insert into dues_account (unit, bin, number, holder, version)"
                                            + " values (:unit, :bin, :number, :holder, :version)")
                    .bindMethods(account)
                    .bind("version", version)
                    .execute();
            return new Saved<>(account, version, there.isEmpty());
        });
    }

    // ---- requests

    /** What a member was asked for, the newest first. */
    public Page<Ask> list(Caller caller, @Nullable UUID member, int limit, @Nullable List<String> after) {
        UUID whose = member != null ? member : caller.member().orElseThrow(Problem::notFound);
        return store.read(tx -> {
            requireFor(tx, caller, whose);
            List<Ask> asks = tx.handle()
                    .createQuery("select * from dues_request where member = :member and id < :after order by id desc"
                            + " fetch first :rows rows only")
                    .bind("member", whose)
                    .bind("after", after == null ? "~" : after.get(0))
                    .bind("rows", limit + 1)
                    .map(row -> ask(row).value())
                    .list();
            return Page.of(asks, limit, one -> List.of(String.valueOf(one.id())));
        });
    }

    public Saved<Ask> get(Caller caller, UUID id) {
        return store.read(tx -> readable(tx, caller, id));
    }

    private Saved<Ask> readable(Transaction tx, Caller caller, UUID id) {
        Saved<Ask> ask = find(tx, id).orElseThrow(Problem::notFound);
        requireFor(tx, caller, ask.value().member());
        return ask;
    }

    /** For the member itself, and for who takes money in its cell. */
    private Member requireFor(Transaction tx, Caller caller, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(Rights.READ, id) && !caller.may(Rights.COLLECT, units.current(member.cell()))) {
            throw Problem.notFound();
        }
        return member;
    }

    /** Asks a member for the months that are open, or for some of them. The same again changes nothing. */
    public Saved<Ask> put(Caller caller, UUID id, Ask body) {
        List<FieldError> errors = Periods.errors(body.periods());
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return store.write(tx -> {
            Optional<Saved<Ask>> there = find(tx, id);
            if (there.isPresent()) {
                requireFor(tx, caller, there.get().value().member());
                if (!there.get().value().member().equals(body.member())
                        || !Objects.equals(there.get().value().periods(), body.periods())) {
                    throw Problem.conflict("request.fixed");
                }
                return there.get();
            }
            Member member = requireFor(tx, caller, body.member());
            Account account = accountFor(tx, units.current(member.cell()))
                    .orElseThrow(() -> Problem.conflict("request.no-account"))
                    .value();
            long amount = balances.open(tx, body.member(), body.periods());
            if (amount <= 0) {
                throw Problem.conflict("request.nothing");
            }
            return insert(tx, id, body, account, amount);
        });
    }

    private Saved<Ask> insert(Transaction tx, UUID id, Ask body, Account account, long amount) {
        String code = RequestCode.next(random::nextInt);
        LocalDate today = tx.now().atZone(ZONE).toLocalDate();
        String memo = Memo.of(month(body.periods(), YearMonth.from(today)), code);
        Ask ask = new Ask(
                id, body.member(), body.periods(), amount, code, memo, account, bank(account.bin()), tx.now(), false);
        tx.handle()
                .createUpdate("insert into dues_request (id, member, account, code, memo, periods, amount, bin, number,"
                        + " holder, made_at, version) values (:id, :member, :unit, :code, :memo, :meant, :amount, :bin,"
                        + " :number, :holder, :at, 1)")
                .bindMethods(account)
                .bind("id", id)
                .bind("member", body.member())
                .bind("code", code)
                .bind("memo", memo)
                .bind("meant", body.periods() == null ? null : String.join(",", body.periods()))
                .bind("amount", amount)
                .bind("at", tx.now())
                .execute();
        tx.changed(Ask.TYPE, id, 1, Audience.member(body.member()), ask);
        return new Saved<>(ask, 1, true);
    }

    /** The last month that is meant. */
    private static YearMonth month(@Nullable List<String> periods, YearMonth now) {
        return periods == null ? now : YearMonth.parse(new TreeSet<>(periods).last());
    }

    private String bank(String bin) {
        return banks.byBin(bin).map(Bank::shortName).orElse(bin);
    }

    /** What a banking app scans. */
    public QrPicture.Code code(Caller caller, UUID id) {
        Ask ask = store.read(tx -> readable(tx, caller, id)).value();
        Account account = Objects.requireNonNull(ask.account());
        return QrPicture.code(VietQr.payload(
                account.bin(),
                account.number(),
                Objects.requireNonNull(ask.amount()),
                Objects.requireNonNull(ask.memo())));
    }

    /** The number of a unit's own account; the unit where it has none. */
    String number(Transaction tx, Unit unit) {
        return own(tx, unit.id())
                .map(one -> one.value().bin() + '/' + one.value().number())
                .orElse(unit.id().toString());
    }

    /** A statement has shown the money of a request. */
    void settle(Transaction tx, UUID id, UUID payment) {
        tx.handle().execute("update dues_request set settled_by = ?, version = version + 1 where id = ?", payment, id);
        tell(tx, id);
    }

    /** The money of a request was taken back: it is asked for again. */
    void unsettle(Transaction tx, UUID payment) {
        List<UUID> settled = tx.handle()
                .createQuery("select id from dues_request where settled_by = :payment")
                .bind("payment", payment)
                .mapTo(UUID.class)
                .list();
        for (UUID id : settled) {
            tx.handle().execute("update dues_request set settled_by = null, version = version + 1 where id = ?", id);
            tell(tx, id);
        }
    }

    private void tell(Transaction tx, UUID id) {
        Saved<Ask> ask = find(tx, id).orElseThrow();
        tx.changed(Ask.TYPE, id, ask.version(), Audience.member(ask.value().member()), ask.value());
    }

    private Optional<Saved<Ask>> find(Transaction tx, UUID id) {
        return tx.handle()
                .createQuery("select * from dues_request where id = :id")
                .bind("id", id)
                .map(this::ask)
                .findFirst();
    }

    private Saved<Ask> ask(RowView row) {
        String periods = row.getColumn("periods", String.class);
        Account account = new Account(
                row.getColumn("account", UUID.class),
                row.getColumn("bin", String.class),
                row.getColumn("number", String.class),
                row.getColumn("holder", String.class));
        return new Saved<>(
                new Ask(
                        row.getColumn("id", UUID.class),
                        row.getColumn("member", UUID.class),
                        periods == null ? null : Arrays.asList(periods.split(",")),
                        row.getColumn("amount", Long.class),
                        row.getColumn("code", String.class),
                        row.getColumn("memo", String.class),
                        account,
                        bank(account.bin()),
                        row.getColumn("made_at", Instant.class),
                        row.getColumn("settled_by", UUID.class) != null),
                row.getColumn("version", Long.class));
    }
}

package vn.sotay.platform.audit;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Route;
import vn.sotay.api.http.Routes;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.csv.Csv;
import vn.sotay.platform.store.AuditTrail;
import vn.sotay.platform.store.AuditVerdict;

/** {@code /api/audit}: who did what, for administrators, and whose data an account has reached; {@code /api/me/reads}: who has read one's record. */
@Component
public final class AuditEndpoints implements Endpoints {

    static final Permission READ = new Permission("audit.read");
    static final Permission READ_UNIT = new Permission("audit.unit");

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int PAGE = 500;
    private static final int DAYS = 30;
    private static final int MOST_PEOPLE = 1_000;

    private final AuditTrail trail;
    private final AuditBook book;
    private final ReachBook reach;
    private final UnitTrail unitTrail;
    private final Units units;

    @Activate
    public AuditEndpoints(
            @Reference AuditTrail trail,
            @Reference AuditBook book,
            @Reference ReachBook reach,
            @Reference UnitTrail unitTrail,
            @Reference Units units) {
        this.trail = trail;
        this.book = book;
        this.reach = reach;
        this.unitTrail = unitTrail;
        this.units = units;
    }

    @Override
    public void routes(Routes routes) {
        onDevice(filtered(routes.get("/api/audit").needs(READ)))
                .says("The audit trail, newest first, without content; a page may be short though others follow")
                .givesPage(AuditLine.class)
                .to(request -> Reply.ok(book.page(filter(request), before(request.after()), request.limit())));
        onDevice(filtered(routes.get("/api/audit/export").needs(READ)))
                .says("The audit trail as CSV, newest first")
                .givesBytes()
                .audited("audit")
                .to(this::export);
        routes.get("/api/audit/verify")
                .needs(READ)
                .says("Looks the whole audit trail through: rows that were changed, removed, added or swapped")
                .gives(AuditVerdict.class)
                .to(request -> Reply.ok(trail.verify()));
        filtered(routes.get("/api/units/{id}/audit").needs(READ_UNIT))
                .says(
                        "What the audit trail tells of a unit and those below: who read, exported or changed records there, cards, mandates"
                                + " and emergency access, newest first; a page may be short though others follow")
                .givesPage(UnitLine.class)
                .to(request -> Reply.ok(ofUnit(request, request.after(), request.limit())));
        filtered(routes.get("/api/units/{id}/audit/export").needs(READ_UNIT))
                .says("What the audit trail tells of a unit and those below, as CSV, newest first")
                .givesBytes()
                .audited("audit")
                .to(this::exportOfUnit);
        period(routes.get("/api/accounts/{account}/reach").needs(READ))
                .says("Whose data an account has reached in a period, for when it was in other hands")
                .gives(AccountReach.class)
                .audited("reach")
                .to(request -> Reply.ok(shown(found(request))));
        period(routes.get("/api/accounts/{account}/reach/export").needs(READ))
                .says("Whose data an account has reached in a period, all of them, as CSV")
                .givesBytes()
                .audited("reach")
                .to(this::exportReach);
        routes.get("/api/me/reads")
                .signedIn()
                .says("Who has read the caller's own record, newest first")
                .givesPage(RecordRead.class)
                .to(this::reads);
    }

    private static Route period(Route route) {
        return route.query("from", LocalDate.class, "from this day on, in Viet Nam's time; 30 days before the last one")
                .query("to", LocalDate.class, "up to this day; today when left out")
                .query("session", UUID.class, "by this session alone")
                .query("device", UUID.class, "by the sessions on this phone or computer alone");
    }

    private AccountReach found(Request request) {
        LocalDate to = request.query("to", LocalDate.class).orElseGet(() -> LocalDate.ofInstant(request.at(), ZONE));
        return reach.of(
                request.id("account"),
                request.query("from", LocalDate.class).orElseGet(() -> to.minusDays(DAYS)),
                to,
                sessions(request));
    }

    private static AccountReach shown(AccountReach all) {
        return new AccountReach(
                all.account(),
                all.name(),
                all.from(),
                all.to(),
                all.count(),
                all.people().subList(0, Math.min(all.count(), MOST_PEOPLE)),
                all.others(),
                all.posts(),
                all.couldReach(),
                all.devices(),
                all.unknown());
    }

    private Reply exportReach(Request request) {
        AccountReach all = found(request);
        return csv("da-xem-cua-ai.csv", csv -> {
            csv.row("member", "name", "cell", "how", "times", "first", "last");
            all.people()
                    .forEach(one -> csv.row(
                            one.member(), one.name(), one.cell(), one.how(), one.times(), one.first(), one.last()));
        });
    }

    private interface Table {

        void write(Csv csv) throws IOException;
    }

    private static Reply csv(String name, Table table) {
        return Reply.bytes("text/csv; charset=utf-8", out -> {
                    try (Csv csv = new Csv(out)) {
                        table.write(csv);
                    }
                })
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static Route filtered(Route route) {
        return route.query("from", LocalDate.class, "from this day on, in Viet Nam's time")
                .query("to", LocalDate.class, "up to this day")
                .query("account", UUID.class, "done by this account")
                .query("member", UUID.class, "concerning this member")
                .query("action", AuditKind.class, "of this kind")
                .query("type", String.class, "things of this type, such as member");
    }

    private static Route onDevice(Route route) {
        return route.query("session", UUID.class, "by this session")
                .query("device", UUID.class, "by the sessions on this phone or computer, which stays with its owner");
    }

    private Page<UnitLine> ofUnit(Request request, @Nullable List<String> after, int limit) {
        Unit unit = units.get(request.id("id"));
        request.caller().require(READ_UNIT, unit);
        boolean below = request.caller().reach(READ_UNIT).trees().stream().anyMatch(unit::isWithin);
        return unitTrail.page(unit, below, filter(request, null), after, limit);
    }

    private Reply exportOfUnit(Request request) {
        // refused, if it is, before anything is sent
        Page<UnitLine> first = ofUnit(request, null, PAGE);
        return csv("nhat-ky.csv", csv -> {
            csv.row(
                    "seq",
                    "at",
                    "action",
                    "deed",
                    "account",
                    "by",
                    "type",
                    "member",
                    "concerns",
                    "unit",
                    "place",
                    "role",
                    "holder");
            Page<UnitLine> page = first;
            while (true) {
                page.items().forEach(line -> write(csv, line));
                if (page.next() == null) {
                    return;
                }
                page = ofUnit(request, Page.values(page.next()), PAGE);
            }
        });
    }

    private static void write(Csv csv, UnitLine line) {
        UnitLine.By by = line.by();
        AuditLine.Whom concerns = line.concerns();
        UnitLine.Post mandate = line.mandate();
        csv.row(
                line.seq(),
                line.at(),
                line.action(),
                line.deed(),
                by == null ? null : by.account(),
                by == null ? null : by.name(),
                line.type(),
                concerns == null ? null : concerns.member(),
                concerns == null ? null : concerns.name(),
                line.unit().id(),
                line.unit().name(),
                mandate == null ? null : mandate.role(),
                mandate == null ? null : mandate.holder());
    }

    private AuditFilter filter(Request request) {
        return filter(request, sessions(request));
    }

    private static AuditFilter filter(Request request, @Nullable Set<UUID> sessions) {
        return new AuditFilter(
                request.query("from", LocalDate.class)
                        .map(AuditEndpoints::begin)
                        .orElse(null),
                request.query("to", LocalDate.class)
                        .map(day -> begin(day.plusDays(1)))
                        .orElse(null),
                request.query("account", UUID.class).orElse(null),
                request.query("member", UUID.class).orElse(null),
                request.query("action", AuditKind.class).orElse(null),
                request.query("type", String.class).orElse(null),
                sessions);
    }

    private @Nullable Set<UUID> sessions(Request request) {
        return book.sessions(
                request.query("session", UUID.class).orElse(null),
                request.query("device", UUID.class).orElse(null));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    private static long before(@Nullable List<String> after) {
        try {
            return after == null ? Long.MAX_VALUE : Long.parseLong(after.get(0));
        } catch (NumberFormatException e) {
            throw Problem.invalid("after", "cursor");
        }
    }

    private Reply reads(Request request) {
        long before = before(request.after());
        int limit = request.limit();
        return Reply.ok(request.caller()
                .member()
                .map(member -> book.reads(member, before, limit))
                .orElseGet(() -> new Page<>(List.of(), null)));
    }

    private Reply export(Request request) {
        AuditFilter filter = filter(request);
        return csv("nhat-ky.csv", csv -> {
            csv.row(
                    "seq",
                    "at",
                    "action",
                    "account",
                    "by",
                    "type",
                    "id",
                    "member",
                    "concerns",
                    "before",
                    "after",
                    "detail",
                    "session",
                    "device",
                    "browser");
            Page<AuditLine> page = book.page(filter, Long.MAX_VALUE, PAGE);
            while (true) {
                page.items().forEach(line -> write(csv, line));
                if (page.next() == null) {
                    return;
                }
                page = book.page(filter, before(Page.values(page.next())), PAGE);
            }
        });
    }

    private static void write(Csv csv, AuditLine line) {
        AuditLine.By by = line.by();
        AuditLine.Whom concerns = line.concerns();
        AuditLine.On on = line.on();
        csv.row(
                line.seq(),
                line.at(),
                line.action(),
                by == null ? null : by.account(),
                by == null ? null : by.name(),
                line.type(),
                line.id(),
                concerns == null ? null : concerns.member(),
                concerns == null ? null : concerns.name(),
                line.before(),
                line.after(),
                line.detail(),
                on == null ? null : on.session(),
                on == null ? null : on.device(),
                on == null ? null : on.name());
    }
}

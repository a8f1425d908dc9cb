package vn.sotay.platform.rules;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.rules.RuleBook.Entry;
import vn.sotay.platform.rules.RuleBook.Origin;

/** {@code /api/rules}: by which rules Sotay reckons, for everybody who is signed in. */
@Component
public final class RuleEndpoints implements Endpoints {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final RuleFiles rules;
    private final Units units;

    @Activate
    public RuleEndpoints(@Reference RuleFiles rules, @Reference Units units) {
        this.rules = rules;
        this.units = units;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/rules")
                .signedIn()
                .query("on", LocalDate.class, "on this day; today when left out")
                .query("key", String.class, "of this key, or of all that begin with it and a full stop")
                .query("unit", UUID.class, "as they hold at this unit; at the caller's own when left out")
                .givesPage(RuleLine.class)
                .says(
                        "The rules in force on a day, with what each says and where it stands; and those that wait to be confirmed")
                .to(this::list);
        routes.get("/api/rules/packs")
                .signedIn()
                .givesPage(PackLine.class)
                .says("The rule packs of all days, the newest first")
                .to(this::packs);
    }

    private Reply list(Request request) {
        LocalDate day = request.query("on", LocalDate.class).orElse(LocalDate.ofInstant(request.at(), ZONE));
        String key = request.query("key", String.class).orElse("");
        @Nullable List<String> after = request.after();
        String from = after == null ? "" : after.get(0);
        List<RuleLine> lines = rules.book().on(day, rules.codes(unit(request))).stream()
                .filter(entry -> key.isEmpty()
                        || entry.line().key().equals(key)
                        || entry.line().key().startsWith(key + "."))
                .map(RuleEndpoints::line)
                .filter(line -> cursor(line).compareTo(from) > 0)
                .sorted(Comparator.comparing(RuleEndpoints::cursor))
                .limit(request.limit() + 1L)
                .toList();
        return Reply.ok(Page.of(lines, request.limit(), line -> List.of(cursor(line))));
    }

    private static String cursor(RuleLine line) {
        return line.key() + ' ' + line.confirmed();
    }

    private Unit unit(Request request) {
        Caller caller = request.caller();
        Optional<UUID> asked = request.query("unit", UUID.class);
        if (asked.isPresent()) {
            return units.find(asked.get()).filter(caller::sees).orElseThrow(Problem::notFound);
        }
        return caller.cell()
                .or(() -> caller.mandates().stream()
                        .map(Mandate::unit)
                        .flatMap(id -> units.find(id).stream())
                        .findFirst())
                .orElseThrow(() -> Problem.invalid("unit", "required"));
    }

    private static RuleLine line(Entry entry) {
        return new RuleLine(
                entry.line().key(),
                entry.line().scope(),
                entry.line().value(),
                entry.line().citation(),
                entry.pack().id(),
                entry.pack().title(),
                entry.from(),
                open(entry.to()),
                entry.isConfirmed());
    }

    private Reply packs(Request request) {
        RuleBook book = rules.book();
        @Nullable List<String> after = request.after();
        String from = after == null ? "" : after.get(0);
        List<PackLine> lines = new ArrayList<>();
        book.packs().forEach((origin, packs) -> packs.forEach(pack -> lines.add(pack(book, origin, pack))));
        return Reply.ok(Page.of(
                lines.stream()
                        .sorted(Comparator.comparing(RuleEndpoints::order))
                        .filter(line -> order(line).compareTo(from) > 0)
                        .limit(request.limit() + 1L)
                        .toList(),
                request.limit(),
                line -> List.of(order(line))));
    }

    /** The newest first. */
    private static String order(PackLine line) {
        return String.format("%07d %s", 9_999_999 - line.from().toEpochDay(), line.id());
    }

    private PackLine pack(RuleBook book, Origin origin, RulePack pack) {
        return new PackLine(
                pack.id(),
                pack.title(),
                pack.issuer(),
                pack.number(),
                pack.issued(),
                pack.effectiveFrom(),
                open(book.end(origin, pack)),
                pack.supersedes(),
                pack.source(),
                origin == Origin.PROVINCE,
                rules.isConfirmed(pack),
                pack.rules().size());
    }

    private static @Nullable LocalDate open(LocalDate last) {
        return last.equals(LocalDate.MAX) ? null : last;
    }
}

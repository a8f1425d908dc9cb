package vn.sotay.documents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.OpinionReport.Counts;
import vn.sotay.documents.OpinionReport.OfCell;
import vn.sotay.documents.OpinionReport.Part;
import vn.sotay.documents.OpinionReport.PartCounts;
import vn.sotay.documents.OpinionReport.Said;
import vn.sotay.documents.OpinionRows.Row;
import vn.sotay.documents.OpinionRules.Line;
import vn.sotay.documents.OpinionRules.Place;
import vn.sotay.documents.Paragraphs.Paragraph;

/** Puts together what is said of a draft, by paragraph and by unit, without names. */
@Component(service = OpinionReports.class)
public final class OpinionReports {

    /** Of a unit and all below it. */
    static final Permission REPORT = new Permission("documents.report");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final DocumentLists lists;
    private final Opinions opinions;

    @Activate
    public OpinionReports(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Rules rules,
            @Reference DocumentLists lists,
            @Reference Opinions opinions) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.lists = lists;
        this.opinions = opinions;
    }

    /**
     * The report of a unit: for officers of this unit or one above, and for the editors of the draft.
     *
     * @param most texts of members of each paragraph; those that follow are left out, and said to be
     */
    public OpinionReport of(Caller caller, UUID id, UUID of, int most) {
        Document document = lists.get(caller, id).value();
        Unit asked = units.get(of);
        Unit audience = units.current(document.unit());
        if (!caller.may(Documents.EDIT, audience) || !asked.isWithin(audience)) {
            caller.require(REPORT, asked);
        }
        if (!asked.isWithin(audience) && !audience.isWithin(asked)) {
            throw Problem.notFound();
        }
        if (document.edition() == null || !document.isForOpinions() && store.read(tx -> !OpinionRows.isKnown(tx, id))) {
            throw Problem.conflict("document.no-opinions");
        }
        // a commune's draft is put to its members alone, whoever looks
        Unit unit = asked.isWithin(audience) ? asked : audience;
        int newest = Objects.requireNonNull(document.edition());
        opinions.know(document, newest);
        return store.read(tx -> new Making(tx, document, unit, audience, most).report());
    }

    /** One report, while it is made. */
    private final class Making {

        private final Transaction tx;
        private final Document document;
        private final UUID id;
        private final Unit unit;
        private final int most;
        private final int newest;
        private final List<Unit> below;
        private final Map<UUID, Integer> counts;
        private final int fewest;
        private final Set<UUID> withheld;
        private final boolean allWithheld;
        private final List<Paragraph> paragraphs;
        private final Map<Place, Line> lines;
        private final List<Row> rows;
        private final Map<UUID, Instant> sent = new HashMap<>();
        private final Map<Line, Map<UUID, Row>> said = new HashMap<>();
        private final Map<Line, List<OfCell>> ofCells = new HashMap<>();

        Making(Transaction tx, Document document, Unit unit, Unit audience, int most) {
            this.tx = tx;
            this.document = document;
            this.id = Telling.id(document);
            this.unit = unit;
            this.most = most;
            this.newest = Objects.requireNonNull(document.edition());
            this.below = units.below(unit.id());
            this.counts = members.countBelow(tx, unit);
            this.fewest =
                    rules.on(Telling.today(tx), audience, OpinionRules.FEWEST).integer();
            this.withheld = withheldOf(unit, counts);
            this.allWithheld = sum(counts.values()) < fewest || isWithheldAbove(audience);
            Map<Integer, List<Paragraph>> editions = OpinionRows.paragraphs(tx, id);
            this.paragraphs = editions.computeIfAbsent(newest, none -> List.of());
            // a scan has no paragraphs: what is said of it is said of the whole
            for (int edition = 1; edition < newest; edition++) {
                editions.putIfAbsent(edition, List.of());
            }
            this.lines = OpinionRules.lines(editions, newest);
            this.rows = OpinionRows.below(tx, id, unit);
        }

        private Set<UUID> withheldOf(Unit of, Map<UUID, Integer> byCell) {
            List<Unit> parts = units.below(of.id());
            Map<UUID, Integer> sums = new HashMap<>();
            byCell.forEach((cell, count) -> {
                Unit part = part(cell, parts);
                if (part != null) {
                    sums.merge(part.id(), count, Integer::sum);
                }
            });
            return OpinionRules.withheld(sums, fewest);
        }

        /** What is left out of the report of a unit above is not told in a unit's own. */
        private boolean isWithheldAbove(Unit audience) {
            Unit one = unit;
            while (!one.id().equals(audience.id()) && one.parent() != null) {
                Unit above = units.get(one.parent());
                if (withheldOf(above, members.countBelow(tx, above)).contains(one.id())) {
                    return true;
                }
                one = above;
            }
            return false;
        }

        private @Nullable Unit part(UUID cell, List<Unit> parts) {
            Unit at = units.current(cell);
            return parts.stream().filter(at::isWithin).findFirst().orElse(null);
        }

        OpinionReport report() {
            collect();
            Set<Line> all = new HashSet<>(said.keySet());
            all.addAll(ofCells.keySet());
            Map<UUID, Set<UUID>> gave = new HashMap<>();
            rows.forEach(row -> gave.computeIfAbsent(units.current(row.cell()).id(), none -> new HashSet<>())
                    .add(row.member()));
            return new OpinionReport(
                    id,
                    document.title(),
                    newest,
                    unit.id(),
                    unit.name(),
                    sum(counts.values()),
                    gaveIn(gave, unit),
                    counts.size(),
                    sent.size(),
                    allWithheld,
                    below.stream().map(part -> part(part, gave)).toList(),
                    OpinionRules.inOrder(all, paragraphs).stream()
                            .map(this::line)
                            .toList());
        }

        /** What each member said last of a line, and what cells say that have sent it. */
        private void collect() {
            for (Row row : rows) {
                Line line = lines.get(new Place(row.edition(), row.anchor()));
                if (line != null) {
                    // in the order of editions and times: the last one counts
                    said.computeIfAbsent(line, none -> new LinkedHashMap<>()).put(row.member(), row);
                }
            }
            OpinionRows.sent(tx, id).forEach((cell, at) -> {
                if (units.current(cell).isWithin(unit)) {
                    sent.put(cell, at);
                }
            });
            OpinionRows.ofCellsBelow(tx, id, unit).forEach((cell, all) -> {
                if (sent.containsKey(cell)) {
                    all.forEach(one -> add(cell, one));
                }
            });
        }

        private void add(UUID cell, CellOpinion one) {
            Line line = lines.get(new Place(one.edition(), Objects.requireNonNull(one.anchor())));
            if (line != null) {
                ofCells.computeIfAbsent(line, none -> new ArrayList<>())
                        .add(new OfCell(cell, units.current(cell).name(), one.stance(), one.text(), one.wording()));
            }
        }

        private int gaveIn(Map<UUID, Set<UUID>> gave, Unit within) {
            return sum(gave.entrySet().stream()
                    .filter(one -> units.current(one.getKey()).isWithin(within))
                    .map(one -> one.getValue().size())
                    .toList());
        }

        private Part part(Unit part, Map<UUID, Set<UUID>> gave) {
            List<Integer> cells = counts.entrySet().stream()
                    .filter(one -> units.current(one.getKey()).isWithin(part))
                    .map(Map.Entry::getValue)
                    .toList();
            return new Part(
                    part.id(),
                    part.name(),
                    sum(cells),
                    gaveIn(gave, part),
                    cells.size(),
                    (int) sent.keySet().stream()
                            .filter(cell -> units.current(cell).isWithin(part))
                            .count(),
                    isWithheld(part));
        }

        private boolean isWithheld(Unit part) {
            return allWithheld || withheld.contains(part.id());
        }

        private OpinionReport.Line line(Line line) {
            List<Row> here = List.copyOf(said.getOrDefault(line, Map.of()).values());
            List<OfCell> cells = ofCells.getOrDefault(line, List.of());
            List<Row> speaking =
                    allWithheld ? List.of() : here.stream().filter(Row::says).toList();
            List<Said> told = opinions
                    .rows()
                    .said(tx, speaking.stream().limit(most).map(Row::id).toList())
                    .stream()
                    // not in the order in which they came: that would tell of who wrote first
                    .sorted(Comparator.comparing(Said::stance)
                            .thenComparing(one -> String.valueOf(one.text()))
                            .thenComparing(one -> String.valueOf(one.wording())))
                    .toList();
            return new OpinionReport.Line(
                    line.anchor(),
                    line.edition(),
                    line.current(),
                    line.text(),
                    allWithheld ? null : counted(here.stream().map(Row::stance)),
                    counted(cells.stream().map(OfCell::stance)),
                    byPart(here),
                    cells,
                    told,
                    speaking.size() - told.size());
        }

        private List<PartCounts> byPart(List<Row> here) {
            return below.stream()
                    .filter(part -> !isWithheld(part))
                    .map(part -> new PartCounts(
                            part.id(),
                            part.name(),
                            counted(here.stream()
                                    .filter(row -> units.current(row.cell()).isWithin(part))
                                    .map(Row::stance))))
                    .filter(part -> !part.counts().equals(Counts.NONE))
                    .toList();
        }
    }

    private static Counts counted(Stream<Opinion.Stance> stances) {
        return stances.reduce(Counts.NONE, Counts::plus, (one, other) -> other);
    }

    private static int sum(Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}

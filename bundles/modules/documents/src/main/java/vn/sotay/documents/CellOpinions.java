package vn.sotay.documents;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** What a cell says of a draft as a whole: its leaders sum up what its members say, and send it. One transaction a method. */
@Component(service = CellOpinions.class)
public final class CellOpinions {

    /** To read with names what members of the cell say, and to sum it up. */
    static final Permission SUM = new Permission("documents.opinions");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Rules rules;
    private final DocumentLists lists;
    private final Opinions opinions;

    @Activate
    public CellOpinions(
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

    public CellState get(Caller caller, UUID id, UUID cell) {
        Document document = lists.get(caller, id).value();
        Unit unit = require(caller, document, cell);
        return store.read(tx -> state(tx, document, unit));
    }

    /** What the members of the cell say, with names. */
    public Page<Opinion> said(Caller caller, UUID id, UUID cell, int limit, @Nullable List<String> after) {
        Unit unit = require(caller, lists.get(caller, id).value(), cell);
        return opinions.ofCell(id, unit, limit, after);
    }

    private CellState state(Transaction tx, Document document, Unit cell) {
        UUID id = Telling.id(document);
        LocalDate last = Opinions.until(document).plusDays(more(tx, cell));
        List<Member> all = members.ofCell(tx, cell.id());
        Set<UUID> gave = OpinionRows.gave(tx, id, all.stream().map(Member::id).toList());
        List<Missing> missing = all.stream()
                .filter(one -> !gave.contains(one.id()))
                .map(one -> new Missing(one.id(), one.name()))
                .toList();
        return new CellState(
                id,
                cell.id(),
                last,
                !Telling.today(tx).isAfter(last),
                all.size(),
                all.size() - missing.size(),
                missing,
                OpinionRows.sent(tx, id).get(cell.id()),
                OpinionRows.places(tx, id, cell.id()),
                OpinionRows.ofCell(tx, id, cell.id()));
    }

    private int more(Transaction tx, Unit cell) {
        return rules.on(Telling.today(tx), cell, OpinionRules.CELL_DAYS).integer();
    }

    /** Writes what the cell says of a paragraph. */
    public CellState put(Caller caller, UUID id, UUID cell, String anchor, CellOpinion body) {
        String text = Opinions.blankToNull(body.text());
        String wording = Opinions.blankToNull(body.wording());
        if (text == null && wording == null && body.stance() != Opinion.Stance.AGREE) {
            throw Problem.invalid("text", "required");
        }
        Document read = lists.get(caller, id).value();
        Unit unit = require(caller, read, cell);
        opinions.know(read, body.edition());
        return store.write(tx -> {
            Document document = open(tx, id, unit);
            Opinions.requirePlace(tx, document, body.edition(), anchor);
            requireNotSent(tx, id, unit);
            OpinionRows.writeOfCell(
                    tx,
                    id,
                    unit.id(),
                    new CellOpinion(body.edition(), anchor, body.stance(), text, wording, null, tx.now()));
            return state(tx, document, unit);
        });
    }

    /** Takes away what the cell says of a paragraph. */
    public CellState delete(Caller caller, UUID id, UUID cell, String anchor, @Nullable Integer edition) {
        Unit unit = require(caller, lists.get(caller, id).value(), cell);
        return store.write(tx -> {
            Document document = open(tx, id, unit);
            requireNotSent(tx, id, unit);
            Integer newest = document.edition();
            OpinionRows.deleteOfCell(
                    tx, id, unit.id(), edition == null ? newest == null ? 1 : newest : edition, anchor);
            return state(tx, document, unit);
        });
    }

    /** Sends what the cell says to those above, also that it has nothing to say; or takes it back, to change it. */
    public CellState send(Caller caller, UUID id, UUID cell, boolean sent) {
        Unit unit = require(caller, lists.get(caller, id).value(), cell);
        return store.write(tx -> {
            Document document = open(tx, id, unit);
            if (OpinionRows.sent(tx, id).containsKey(unit.id()) != sent) {
                OpinionRows.writeSent(tx, id, unit.id(), sent);
                tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, sent ? "OPINIONS_SENT" : "OPINIONS_BACK");
            }
            return state(tx, document, unit);
        });
    }

    private Document open(Transaction tx, UUID id, Unit cell) {
        Document document = Telling.take(tx, id).orElseThrow(Problem::notFound).value();
        OpinionRules.requireOpen(document, Telling.today(tx), more(tx, cell));
        return document;
    }

    private static void requireNotSent(Transaction tx, UUID id, Unit cell) {
        if (OpinionRows.sent(tx, id).containsKey(cell.id())) {
            throw Problem.conflict("document.opinions-sent");
        }
    }

    private Unit require(Caller caller, Document document, UUID cell) {
        Unit unit = units.get(cell);
        caller.require(SUM, unit);
        if (!units.isCell(unit) || !unit.isWithin(units.current(document.unit()))) {
            throw Problem.notFound();
        }
        return unit;
    }
}

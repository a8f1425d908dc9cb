package vn.sotay.documents;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Seals;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.State;

/** What members think of drafts, paragraph by paragraph. One transaction a method, as in {@link Documents}. */
@Component(service = Opinions.class)
public final class Opinions {

    /** For oneself alone. */
    static final Permission OPINE = new Permission("documents.opine");

    private final Store store;
    private final Units units;
    private final Members members;
    private final DocumentLists lists;
    private final DocumentTexts texts;
    private final Reminders reminders;
    private final OpinionRows rows;

    @Activate
    public Opinions(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference DocumentLists lists,
            @Reference DocumentTexts texts,
            @Reference Reminders reminders,
            @Reference Seals seals) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.lists = lists;
        this.texts = texts;
        this.reminders = reminders;
        this.rows = new OpinionRows(seals);
    }

    OpinionRows rows() {
        return rows;
    }

    /** The caller's own, of all drafts, the newest first. */
    public Page<Opinion> mine(Caller caller, int limit, @Nullable List<String> after) {
        UUID member = caller.member().orElseThrow(Problem::forbidden);
        return store.read(tx -> newestFirst(rows.own(tx, member, null, limit + 1, after), limit));
    }

    /** The caller's own of a draft, the newest first. */
    public Page<Opinion> list(Caller caller, UUID id, int limit, @Nullable List<String> after) {
        lists.get(caller, id);
        UUID member = caller.member().orElseThrow(Problem::forbidden);
        return store.read(tx -> newestFirst(rows.own(tx, member, id, limit + 1, after), limit));
    }

    /** Those of the members of a cell, with names. */
    Page<Opinion> ofCell(UUID id, Unit cell, int limit, @Nullable List<String> after) {
        return store.read(tx -> {
            Map<UUID, String> names = new HashMap<>();
            List<Opinion> found = rows.ofCell(tx, id, cell.id(), limit + 1, after).stream()
                    .map(one -> named(tx, one, names))
                    .toList();
            return Page.of(found, limit, one -> List.of(String.valueOf(one.id())));
        });
    }

    private Opinion named(Transaction tx, Opinion one, Map<UUID, String> names) {
        String name = names.computeIfAbsent(
                Objects.requireNonNull(one.member()),
                member -> members.find(tx, member).map(Member::name).orElse(""));
        return new Opinion(
                one.id(),
                one.document(),
                one.edition(),
                one.anchor(),
                one.stance(),
                one.text(),
                one.wording(),
                one.member(),
                name,
                one.title(),
                one.quote(),
                one.at());
    }

    private static Page<Opinion> newestFirst(List<Opinion> found, int limit) {
        return Page.of(
                found,
                limit,
                one -> List.of(
                        Long.toString(Objects.requireNonNull(one.at()).toEpochMilli()), String.valueOf(one.id())));
    }

    /** A member says what it thinks of a paragraph, or writes it anew as long as opinions are taken. The same again changes nothing. */
    public Saved<Opinion> put(Caller caller, UUID id, UUID opinionId, Opinion body, OptionalLong ifMatch) {
        UUID member = self(caller);
        String text = blankToNull(body.text());
        String wording = blankToNull(body.wording());
        if (text == null && wording == null && body.stance() != Opinion.Stance.AGREE) {
            throw Problem.invalid("text", "required");
        }
        Document read = lists.get(caller, id).value();
        UUID cell = requireAsked(caller, read).id();
        know(read, body.edition());
        return store.write(tx -> {
            Document document =
                    Telling.take(tx, id).orElseThrow(Problem::notFound).value();
            Optional<UUID> author = OpinionRows.authorOf(tx, opinionId);
            if (author.isPresent() && !author.get().equals(member)) {
                // of that nothing is told
                throw Problem.notFound();
            }
            Optional<Saved<Opinion>> before = rows.find(tx, id, opinionId);
            if (author.isPresent() && before.isEmpty()) {
                throw Problem.other(410, "document.opinion-withdrawn");
            }
            if (before.isPresent() && isSame(before.get().value(), body, text, wording)) {
                return before.get();
            }
            Telling.expect(ifMatch, before.orElse(null));
            OpinionRules.requireOpen(document, Telling.today(tx), 0);
            requirePlace(tx, document, body.edition(), body.anchor());
            requireAlone(tx, id, opinionId, body, member, before.orElse(null));
            long version = before.map(Saved::version).orElse(0L) + 1;
            rows.write(
                    tx,
                    new Opinion(
                            opinionId,
                            id,
                            body.edition(),
                            body.anchor(),
                            body.stance(),
                            text,
                            wording,
                            member,
                            null,
                            null,
                            null,
                            tx.now()),
                    cell,
                    version);
            Opinion made = rows.find(tx, id, opinionId).orElseThrow().value();
            reminders.done(tx, Reminder.OPINE, id, member);
            tx.changed(Opinion.TYPE, opinionId, version, Audience.member(member), made);
            return new Saved<>(made, version, before.isEmpty());
        });
    }

    private static boolean isSame(Opinion before, Opinion body, @Nullable String text, @Nullable String wording) {
        return before.edition() == body.edition()
                && before.anchor().equals(body.anchor())
                && before.stance() == body.stance()
                && Objects.equals(before.text(), text)
                && Objects.equals(before.wording(), wording);
    }

    /** One opinion a place: a second one, such as from another phone, is shown to its author, who puts them together. */
    private static void requireAlone(
            Transaction tx, UUID id, UUID opinionId, Opinion body, UUID member, @Nullable Saved<Opinion> before) {
        if (before != null
                && (before.value().edition() != body.edition()
                        || !before.value().anchor().equals(body.anchor()))) {
            throw Problem.invalid("anchor", "unchangeable");
        }
        if (OpinionRows.at(tx, id, body.edition(), body.anchor(), member)
                .filter(other -> !other.equals(opinionId))
                .isPresent()) {
            throw Problem.conflict("document.opinion-twice");
        }
    }

    /** A member takes an own opinion back: its words are gone, its id is not used again. */
    public void withdraw(Caller caller, UUID id, UUID opinionId, OptionalLong ifMatch) {
        UUID member = self(caller);
        lists.get(caller, id);
        store.change(tx -> {
            Document document =
                    Telling.take(tx, id).orElseThrow(Problem::notFound).value();
            OpinionRows.authorOf(tx, opinionId).filter(member::equals).orElseThrow(Problem::notFound);
            Saved<Opinion> before = rows.find(tx, id, opinionId).orElse(null);
            if (before == null) {
                return;
            }
            Telling.expect(ifMatch, before);
            OpinionRules.requireOpen(document, Telling.today(tx), 0);
            OpinionRows.withdraw(tx, opinionId, before.version() + 1);
            tx.removed(Opinion.TYPE, opinionId, before.version() + 1);
        });
    }

    private static UUID self(Caller caller) {
        return caller.member()
                .filter(member -> caller.mayForSelf(OPINE, member))
                .orElseThrow(Problem::forbidden);
    }

    /** A draft of a unit is put to its members: those of other cells may read it for their work, and are not asked. */
    private Unit requireAsked(Caller caller, Document document) {
        return caller.cell()
                .filter(cell -> cell.isWithin(units.current(document.unit())))
                .orElseThrow(Problem::forbidden);
    }

    /** Passes if there is such a paragraph in such an edition. */
    static void requirePlace(Transaction tx, Document document, int edition, String anchor) {
        requireEdition(document, edition);
        if (!anchor.equals(Opinion.WHOLE)
                && OpinionRows.paragraph(tx, Telling.id(document), edition, anchor)
                        .isEmpty()) {
            throw Problem.invalid("anchor", "no-such-paragraph");
        }
    }

    private static void requireEdition(Document document, int edition) {
        if (edition < 1 || document.edition() == null || edition > document.edition()) {
            throw Problem.invalid("edition", "no-such-edition");
        }
    }

    /**
     * Keeps the paragraphs of an edition, so that they are quoted as they were read. Not within a transaction.
     *
     * @param document as its readers have it now
     */
    void know(Document document, int edition) {
        if (document.state() != State.PUBLISHED || !document.isForOpinions()) {
            // it is refused with a reason
            return;
        }
        requireEdition(document, edition);
        UUID id = Telling.id(document);
        if (store.read(tx -> OpinionRows.hasParagraphs(tx, id, edition))) {
            return;
        }
        Document then = store.read(tx -> EditionRows.of(tx, document).stream()
                .filter(one -> one.edition() == edition)
                .map(Edition::document)
                .findFirst()
                .orElse(document));
        // as the page shows them: of the first file that has a text
        List<Paragraphs.Paragraph> paragraphs = then.files().stream()
                .map(texts::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(Paragraphs::of)
                .orElse(List.of());
        store.change(tx -> {
            Telling.take(tx, id);
            if (!OpinionRows.hasParagraphs(tx, id, edition)) {
                OpinionRows.keep(tx, id, edition, paragraphs);
            }
        });
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The last day on which a draft is put to members. */
    static LocalDate until(Document document) {
        LocalDate until = document.opinionsUntil();
        if (until == null || document.state() != State.PUBLISHED) {
            throw Problem.conflict("document.no-opinions");
        }
        return until;
    }
}

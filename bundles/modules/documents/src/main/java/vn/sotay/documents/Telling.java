package vn.sotay.documents;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Audience;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.State;

/** How a change of a document is told to those who read it. Within a transaction. Immutable. */
final class Telling {

    private final Files files;
    private final Units units;

    Telling(Files files, Units units) {
        this.files = files;
        this.units = units;
    }

    /** Locks the document for this transaction and returns it; empty if there is none. */
    static Optional<Saved<Document>> take(Transaction tx, UUID id) {
        tx.handle().execute("update document set version = version where id = ?", id);
        return DocumentRows.find(tx, id);
    }

    /** Reads the document as it is now, and tells it to those who may read it, with its files. */
    Saved<Document> tell(Transaction tx, UUID id, boolean made) {
        Saved<Document> document = DocumentRows.find(tx, id).orElseThrow();
        Document value = document.value();
        Set<Audience> readers = value.state() == State.PUBLISHED ? readers(units.current(value.unit())) : Set.of();
        // drafts are asked for, and told to nobody
        tx.changed(
                Document.TYPE,
                id,
                document.version(),
                readers.stream().collect(Collectors.toMap(one -> one, one -> value.forReaders())));
        hold(tx, value, readers);
        return new Saved<>(value, document.version(), made);
    }

    /** Its files, and the texts of these, are for its readers and for editors. */
    void hold(Transaction tx, Document value, Set<Audience> readers) {
        Set<Audience> holders = new LinkedHashSet<>(readers);
        holders.add(Audience.EDITORS);
        files.hold(tx, Document.TYPE.name(), id(value), hashes(value), holders);
    }

    /** Its files, and the files with the texts of these. */
    static Set<String> hashes(Document document) {
        return document.files().stream()
                .flatMap(paper -> Stream.of(
                        paper.file(), paper.text() == null ? null : paper.text().file()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Set<Audience> readers(Unit unit) {
        return unit.parent() == null
                ? Set.of(Audience.EVERYONE)
                : Set.of(Audience.members(unit.id()), Audience.officers(unit.id()));
    }

    /** Passes if the caller replaces what it has read, or does not care. */
    static void expect(OptionalLong ifMatch, @Nullable Saved<?> current) {
        if (ifMatch.isPresent() && current == null) {
            throw Problem.other(412, "changed-meanwhile");
        }
        if (current != null && ifMatch.orElse(current.version()) != current.version()) {
            throw Problem.changedMeanwhile(current);
        }
    }

    static UUID id(Document document) {
        return Objects.requireNonNull(document.id());
    }

    /** In Viet Nam. */
    static LocalDate today(Transaction tx) {
        return LocalDate.ofInstant(tx.now(), DocumentRules.ZONE);
    }
}

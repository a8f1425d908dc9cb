package vn.sotay.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Saved;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.State;
import vn.sotay.documents.Document.Words;
import vn.sotay.documents.text.Extract;
import vn.sotay.documents.text.Reading;

/**
 * What is found when the files of documents are looked into: before a document is written, again before it is published, and by and by for those
 * that nobody has looked into. What takes longer than anybody waits for is written down, and told, when it is there.
 */
@Component(service = DocumentFiles.class)
public final class DocumentFiles {

    private final Store store;
    private final Units units;
    private final Files files;
    private final DocumentTexts texts;
    private final Telling telling;

    @Activate
    public DocumentFiles(
            @Reference Store store, @Reference Units units, @Reference Files files, @Reference DocumentTexts texts) {
        this.store = store;
        this.units = units;
        this.files = files;
        this.texts = texts;
        this.telling = new Telling(files, units);
    }

    /**
     * Looks for the texts of the files that are new, before the transaction, and refuses files that cannot be published.
     *
     * @return what was found, by the files' hashes
     */
    Map<String, DocumentTexts.Looked> look(Caller caller, UUID id, Document body) {
        Map<Integer, FileInfo> there = new LinkedHashMap<>();
        Set<String> known = store.read(tx -> {
            for (int i = 0; i < body.files().size(); i++) {
                int number = i;
                files.find(tx, body.files().get(i).file(), caller).ifPresent(file -> there.put(number, file));
            }
            return DocumentRows.words(tx, id).keySet();
        });
        List<FieldError> errors = new ArrayList<>();
        Map<String, DocumentTexts.Looked> looked = new LinkedHashMap<>();
        there.forEach((i, file) -> {
            String name = body.files().get(i).name();
            String rule = DocumentRules.nameRule(name, file.type());
            if (rule != null) {
                errors.add(new FieldError("files[" + i + "].file", rule));
            } else if (!known.contains(file.sha256())) {
                looked.computeIfAbsent(file.sha256(), none -> texts.look(file, name));
            }
        });
        DocumentTexts.await(looked.values());
        there.forEach((i, file) -> Optional.ofNullable(looked.get(file.sha256()))
                .map(one -> one.extract().reading().rule())
                .ifPresent(rule -> errors.add(new FieldError("files[" + i + "].file", rule))));
        check(id, errors);
        return looked;
    }

    /** Refuses what breaks a rule; that something bore a stamp of secrecy is kept on the trail, and no word of it. */
    void check(UUID id, List<FieldError> errors) {
        if (errors.stream().anyMatch(error -> error.rule().equals("secret"))) {
            store.change(tx ->
                    tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "refused: bears a stamp of secrecy"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** The files as they are written down, with what was found of each; refused if one is not there. */
    List<Paper> papers(
            Transaction tx, Caller caller, UUID id, Document body, Map<String, DocumentTexts.Looked> looked) {
        Map<String, Words> known = DocumentRows.words(tx, id);
        List<Paper> papers = new ArrayList<>();
        for (int i = 0; i < body.files().size(); i++) {
            Paper paper = body.files().get(i);
            String field = "files[" + i + "].file";
            FileInfo file =
                    files.find(tx, paper.file(), caller).orElseThrow(() -> Problem.invalid(field, "file-missing"));
            Paper bare = new Paper(paper.file(), paper.name(), file.type(), file.size());
            DocumentTexts.Looked found = looked.get(paper.file());
            Words words = found == null ? known.get(paper.file()) : texts.keep(tx, bare, found.extract());
            papers.add(new Paper(paper.file(), paper.name(), file.type(), file.size(), words));
        }
        return papers;
    }

    /** Writes down what was found of a file, wherever it is waited for, and tells it. */
    void settle(String file, Extract extract) {
        settle(file, extract, DocumentRows::waiting);
    }

    /** The same of a scan whose letters were recognised. What an editor has written stays. */
    void recognised(String file, Extract extract) {
        settle(file, extract, DocumentRows::scanned);
    }

    private void settle(String file, Extract extract, BiFunction<Transaction, String, List<UUID>> documents) {
        store.change(tx -> {
            for (UUID id : documents.apply(tx, file)) {
                if (extract.reading() == Reading.SECRET) {
                    tx.audited(AuditKind.WRITE, Document.TYPE.name(), id, null, "a file bears a stamp of secrecy");
                }
                Optional<Saved<Document>> document = Telling.take(tx, id);
                if (document.isEmpty()) {
                    continue;
                }
                Paper paper = document.get().value().files().stream()
                        .filter(one -> one.file().equals(file))
                        .findFirst()
                        .orElseThrow();
                DocumentRows.writeWords(tx, id, file, texts.keep(tx, paper, extract));
                if (document.get().value().state() == State.PUBLISHED) {
                    tx.handle().execute("update document set version = version + 1 where id = ?", id);
                    telling.tell(tx, id, false);
                } else {
                    // an editor who writes at this moment has not read another text than this one
                    telling.hold(tx, DocumentRows.find(tx, id).orElseThrow().value(), Set.of());
                }
            }
        });
    }

    /** Keeps what an editor has read on a scan. */
    Words written(Transaction tx, Paper scan, String text) {
        Words kept = texts.keep(tx, scan, new Extract(Reading.PICTURES, text));
        return new Words(kept.reading(), kept.file(), kept.size(), Words.By.EDITOR);
    }

    /** Nothing is published before somebody has looked into it: what came with a folder has not been yet. */
    void lookAgain(Caller caller, UUID id) {
        List<Paper> unread = store.read(tx -> DocumentRows.find(tx, id)
                .map(Saved::value)
                .filter(one -> caller.may(Documents.EDIT, units.current(one.unit())))
                .map(Document::files)
                .orElse(List.of())
                .stream()
                .filter(one -> one.text() == null)
                .toList());
        Map<Paper, DocumentTexts.Looked> looked = new LinkedHashMap<>();
        unread.forEach(one -> looked.put(one, texts.look(one)));
        DocumentTexts.await(looked.values());
        looked.forEach((paper, one) -> settle(paper.file(), one.extract()));
        looked.forEach((paper, one) -> one.later(extract -> settle(paper.file(), extract)));
    }

    /** A file may have been found to be unfit after its document was written. */
    static void requirePublishable(Document document) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < document.files().size(); i++) {
            Words words = document.files().get(i).text();
            if (words != null && words.reading() == Reading.WAITS) {
                throw Problem.conflict("document.file-waits");
            }
            String rule = words == null ? null : words.reading().rule();
            if (rule != null) {
                errors.add(new FieldError("files[" + i + "].file", rule));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** The files of whose text nobody knows yet. */
    List<Paper> unread() {
        return store.read(DocumentRows::unread);
    }

    /** Keeps of the files from before that was known which numbers their texts name. */
    void readCitations() {
        for (Paper paper : store.read(CitationRows::unknown)) {
            Set<String> keys = Citations.of(texts.text(paper));
            store.change(tx -> CitationRows.write(tx, paper.file(), keys));
        }
    }
}

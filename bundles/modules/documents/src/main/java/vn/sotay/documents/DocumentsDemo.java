package vn.sotay.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.file.FileInfo;
import vn.sotay.api.file.Files;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;
import vn.sotay.api.store.Store;
import vn.sotay.documents.Document.Paper;
import vn.sotay.documents.Document.Relation;
import vn.sotay.documents.DocumentRules.Step;

/**
 * The demo's library: a dozen real documents of the state, whose texts are in nobody's copyright, written by one editor and approved by
 * another; and a draft that waits.
 */
@Component
public final class DocumentsDemo implements DemoData {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final String FOLDER = "/sotay/demo/";

    /** What every member is asked to say that it has read. */
    private static final String ASKED = "35/2013/QH13";

    private final Store store;
    private final Files files;
    private final Documents documents;
    private final DocumentSteps steps;

    @Activate
    public DocumentsDemo(
            @Reference Store store,
            @Reference Files files,
            @Reference Documents documents,
            @Reference DocumentSteps steps) {
        this.store = store;
        this.files = files;
        this.documents = documents;
        this.steps = steps;
    }

    @Override
    public void fill(Demo demo) throws IOException {
        Caller editor = demo.as("editor");
        Caller other = demo.as("editor2");
        UUID province = editor.mandates().get(0).unit();
        for (String line : lines("index.tsv")) {
            String[] cells = line.split("\t", -1);
            UUID id = demo.id("document " + cells[1]);
            documents.put(editor, id, document(province, cells, paper(id, cells[0])), ANY);
            steps.step(editor, id, Step.SUBMIT, ANY);
            steps.step(other, id, Step.APPROVE, ANY);
        }
        UUID draft = demo.id("document that waits");
        LocalDate day = demo.today();
        documents.put(
                editor,
                draft,
                new Document(
                        null,
                        province,
                        "12-KH/TU",
                        "Kế hoạch tuyên truyền phòng, chống bão cho ngư dân năm " + (day.getYear() + 1),
                        Document.Kind.PLAN,
                        "Tỉnh ủy",
                        Document.Level.PROVINCE,
                        day.minusDays(1),
                        null,
                        null,
                        List.of("Thủy sản"),
                        List.of(new Relation(Relation.Kind.CITES, demo.id("document 118/2007/QĐ-TTg"), null)),
                        List.of(paper(draft, "118-2007-QD-TTg.md")),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                ANY);
        steps.step(editor, draft, Step.SUBMIT, ANY);
    }

    private static Document document(UUID unit, String[] cells, Paper paper) {
        List<Relation> relations = new ArrayList<>(relations(Relation.Kind.GUIDES, cells[10]));
        relations.addAll(relations(Relation.Kind.REPLACED_BY, cells[11]));
        return new Document(
                null,
                unit,
                cells[1],
                cells[2],
                Document.Kind.valueOf(cells[3]),
                cells[4],
                Document.Level.valueOf(cells[5]),
                day(cells[6]),
                day(cells[7]),
                day(cells[8]),
                Stream.of(cells[9].split(",")).map(String::strip).distinct().toList(),
                relations,
                List.of(paper),
                null,
                null,
                null,
                null,
                cells[1].equals(ASKED) ? Boolean.TRUE : null,
                null,
                null);
    }

    private static List<Relation> relations(Relation.Kind kind, String number) {
        return number.isEmpty() ? List.of() : List.of(new Relation(kind, null, number));
    }

    private static @Nullable LocalDate day(String cell) {
        return cell.isEmpty() ? null : LocalDate.parse(cell);
    }

    /** The editors have it before the document names it. */
    private Paper paper(UUID document, String name) throws IOException {
        byte[] content = content(name);
        FileInfo file = store.write(tx -> {
            FileInfo kept = files.keep(tx, content);
            files.hold(tx, Document.TYPE.name(), document, Set.of(kept.sha256()), Set.of(Audience.EDITORS));
            return kept;
        });
        return new Paper(file.sha256(), name, file.type(), file.size());
    }

    /** Without the heads. */
    private static List<String> lines(String name) throws IOException {
        return new String(content(name), StandardCharsets.UTF_8).lines().skip(1).toList();
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DocumentsDemo.class.getResourceAsStream(FOLDER + name))) {
            return in.readAllBytes();
        }
    }
}

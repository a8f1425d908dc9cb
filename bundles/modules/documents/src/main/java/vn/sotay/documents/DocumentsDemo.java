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
 * another; a draft that waits, and one on which members
 * are asked what they think.
 */
@Component
public final class DocumentsDemo implements DemoData {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final String FOLDER = "/sotay/demo/";

    private static final int DAYS_FOR_OPINIONS = 20;
    private static final int DAYS_TO_READ = 12;

    /** What every member is asked to say that it has read. */
    private static final String ASKED = "35/2013/QH13";

    private final Store store;
    private final Files files;
    private final Documents documents;
    private final DocumentSteps steps;
    private final Opinions opinions;

    @Activate
    public DocumentsDemo(
            @Reference Store store,
            @Reference Files files,
            @Reference Documents documents,
            @Reference DocumentSteps steps,
            @Reference Opinions opinions) {
        this.store = store;
        this.files = files;
        this.documents = documents;
        this.steps = steps;
        this.opinions = opinions;
    }

    @Override
    public void fill(Demo demo) throws IOException {
        Caller editor = demo.as("editor");
        Caller other = demo.as("editor2");
        UUID province = editor.mandates().get(0).unit();
        for (String line : lines("index.tsv")) {
            String[] cells = line.split("\t", -1);
            UUID id = demo.id("document " + cells[1]);
            LocalDate acknowledgeBy = cells[1].equals(ASKED) ? demo.today().plusDays(DAYS_TO_READ) : null;
            documents.put(editor, id, document(province, cells, paper(id, cells[0]), acknowledgeBy), ANY);
            steps.step(editor, id, Step.SUBMIT, ANY);
            steps.step(other, id, Step.APPROVE, ANY);
        }
        UUID draft = demo.id("document that waits");
        LocalDate day = demo.today();
        documents.put(
                editor,
                draft,
                Document.of(
                                province,
                                "Kế hoạch tuyên truyền phòng, chống bão cho ngư dân năm " + (day.getYear() + 1),
                                Document.Kind.PLAN,
                                "Tỉnh ủy",
                                Document.Level.PROVINCE)
                        .number("12-KH/TU")
                        .signed(day.minusDays(1))
                        .topics(List.of("Thủy sản"))
                        .relations(
                                List.of(new Relation(Relation.Kind.CITES, demo.id("document 118/2007/QĐ-TTg"), null)))
                        .files(List.of(paper(draft, "118-2007-QD-TTg.md")))
                        .build(),
                ANY);
        steps.step(editor, draft, Step.SUBMIT, ANY);
        forOpinions(demo, editor, other);
    }

    /** A draft on which members are asked, and what some of them say. */
    private void forOpinions(Demo demo, Caller editor, Caller other) throws IOException {
        UUID id = demo.id("document for opinions");
        UUID province = editor.mandates().get(0).unit();
        Document draft = Document.of(
                        province,
                        "Dự thảo nghị quyết về xây dựng khu dân cư văn hóa ven biển",
                        Document.Kind.RESOLUTION,
                        "Tỉnh ủy",
                        Document.Level.PROVINCE)
                .opinionsUntil(demo.today().plusDays(DAYS_FOR_OPINIONS))
                .topics(List.of("Xây dựng nông thôn mới"))
                .files(List.of(paper(id, "du-thao-nghi-quyet.md")))
                .build();
        documents.put(editor, id, draft, ANY);
        steps.step(editor, id, Step.SUBMIT, ANY);
        steps.step(other, id, Step.APPROVE, ANY);
        say(demo, id, "member", "dieu-1-khoan-3", Opinion.Stance.AMEND, "Mùa du lịch hai lần là ít.");
        say(demo, id, "member", "dieu-2-khoan-1", Opinion.Stance.AGREE, null);
        say(demo, id, "secretary", "dieu-3", Opinion.Stance.AGREE, null);
        say(demo, id, "secretary", "dieu-1-khoan-1", Opinion.Stance.AGAINST, "Nên sửa nhà cũ trước khi xây nhà mới.");
    }

    private void say(Demo demo, UUID draft, String login, String anchor, Opinion.Stance stance, @Nullable String text) {
        Opinion opinion = new Opinion(null, null, 1, anchor, stance, text, null, null, null, null, null, null);
        opinions.put(demo.as(login), draft, demo.id("opinion " + login + ' ' + anchor), opinion, ANY);
    }

    private static Document document(UUID unit, String[] cells, Paper paper, @Nullable LocalDate acknowledgeBy) {
        List<Relation> relations = new ArrayList<>(relations(Relation.Kind.GUIDES, cells[10]));
        relations.addAll(relations(Relation.Kind.REPLACED_BY, cells[11]));
        return Document.of(unit, cells[2], Document.Kind.valueOf(cells[3]), cells[4], Document.Level.valueOf(cells[5]))
                .number(cells[1])
                .signed(day(cells[6]))
                .effective(day(cells[7]))
                .expires(day(cells[8]))
                .topics(Stream.of(cells[9].split(","))
                        .map(String::strip)
                        .distinct()
                        .toList())
                .relations(relations)
                .files(List.of(paper))
                .acknowledge(acknowledgeBy == null ? null : Boolean.TRUE)
                .acknowledgeBy(acknowledgeBy)
                .build();
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

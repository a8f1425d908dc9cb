package vn.sotay.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.paper.Sheet;
import vn.sotay.documents.OpinionReport.Counts;
import vn.sotay.documents.OpinionReport.Line;

/** The report of opinions as a file: in Vietnamese whatever language is asked for, as papers of the organisation are. */
@Component(service = OpinionFiles.class)
public final class OpinionFiles {

    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final int WIDE = 50;
    private static final int NARROW = 18;

    /** Letters that a cell of a workbook may have. */
    private static final int LONGEST_CELL = 32_000;

    private static final List<String> HEADS =
            List.of("Đoạn của dự thảo", "Ai góp ý", "Ý kiến", "Nội dung", "Câu chữ đề nghị");
    private static final List<String> COUNT_HEADS =
            List.of("Đoạn của dự thảo", "Đơn vị", "Đồng ý", "Đề nghị sửa", "Không đồng ý");
    private static final String OF_MEMBER = "Đảng viên";

    private final Papers papers;

    @Activate
    public OpinionFiles(@Reference Papers papers) {
        this.papers = papers;
    }

    /** Something that was said, as a row. */
    private record Entry(
            String by,
            Opinion.Stance stance,
            @Nullable String text,
            @Nullable String wording) {}

    byte[] pdf(OpinionReport report, LocalDate today) {
        return papers.write(Papers.Size.A4, "report.title", "", sheet -> {
            sheet.heading(report.title());
            List<Map.Entry<String, String>> facts = new ArrayList<>();
            facts.add(Map.entry("Đơn vị", report.name()));
            facts.add(Map.entry("Ngày lập", DAY.format(today)));
            facts.add(Map.entry("Đảng viên đã góp ý", report.gave() + " trên " + report.members()));
            facts.add(Map.entry("Chi bộ đã gửi", report.sent() + " trên " + report.cells()));
            sheet.facts(facts);
            if (report.withheld()) {
                sheet.text(sheet.say("report.withheld"));
            }
            parts(sheet, report);
            int number = 0;
            for (Line line : report.lines()) {
                number += line.text() == null ? 0 : 1;
                line(sheet, line, number);
            }
        });
    }

    private static void parts(Sheet sheet, OpinionReport report) {
        List<List<String>> rows = report.parts().stream()
                .filter(part -> part.members() > 0)
                .map(part ->
                        List.of(part.name(), part.gave() + " / " + part.members(), part.sent() + " / " + part.cells()))
                .toList();
        if (!rows.isEmpty()) {
            sheet.table(List.of("Đơn vị", "Đảng viên đã góp ý", "Chi bộ đã gửi"), rows);
        }
    }

    /** The paragraph, and beside one another what is said of it and what it should say. */
    private static void line(Sheet sheet, Line line, int number) {
        sheet.heading(
                line.text() == null ? sheet.say("opine.whole") : sheet.say("cell.paragraph", Map.of("number", number)));
        if (line.text() != null) {
            sheet.text(line.text());
        }
        if (!line.current()) {
            sheet.text(sheet.say("report.then", Map.of("edition", line.edition())));
        }
        Counts counts = line.counts();
        if (counts != null) {
            sheet.text(counted(sheet, counts));
        }
        List<List<String>> rows = said(line)
                .map(one -> List.of(one.by() + "\n" + word(one.stance()), orEmpty(one.text()), orEmpty(one.wording())))
                .toList();
        if (!rows.isEmpty()) {
            sheet.table(List.of("Ai góp ý", "Nội dung", "Câu chữ đề nghị"), rows);
        }
        if (line.more() > 0) {
            sheet.text("Còn " + line.more() + " ý kiến nữa.");
        }
    }

    private static String counted(Sheet sheet, Counts counts) {
        return String.join(
                " · ",
                sheet.say("report.agree", Map.of("count", counts.agree())),
                sheet.say("report.amend", Map.of("count", counts.amend())),
                sheet.say("report.against", Map.of("count", counts.against())));
    }

    private static Stream<Entry> said(Line line) {
        return Stream.concat(
                line.cells().stream().map(one -> new Entry(one.name(), one.stance(), one.text(), one.wording())),
                line.said().stream().map(one -> new Entry(OF_MEMBER, one.stance(), one.text(), one.wording())));
    }

    private static String word(Opinion.Stance stance) {
        return switch (stance) {
            case AGREE -> "Đồng ý";
            case AMEND -> "Đề nghị sửa";
            case AGAINST -> "Không đồng ý";
        };
    }

    byte[] xlsx(OpinionReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Sotay", null)) {
            try (Worksheet sheet = workbook.newWorksheet("Gop y")) {
                said(sheet, report);
            }
            try (Worksheet sheet = workbook.newWorksheet("So luong")) {
                counts(sheet, report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void said(Worksheet sheet, OpinionReport report) {
        text(sheet, 0, 0, report.title());
        sheet.style(0, 0).bold().set();
        text(sheet, 1, 0, report.name());
        text(sheet, 2, 0, "Đảng viên đã góp ý: " + report.gave() + " trên " + report.members());
        text(sheet, 3, 0, "Chi bộ đã gửi: " + report.sent() + " trên " + report.cells());
        int row = 5;
        heads(sheet, row, HEADS);
        for (Line line : report.lines()) {
            for (Entry one : said(line).toList()) {
                row++;
                row(
                        sheet,
                        row,
                        List.of(
                                place(line),
                                one.by(),
                                word(one.stance()),
                                orEmpty(one.text()),
                                orEmpty(one.wording())));
            }
        }
        for (int i = 0; i < HEADS.size(); i++) {
            sheet.width(i, i == 1 || i == 2 ? NARROW : WIDE);
        }
    }

    private static void counts(Worksheet sheet, OpinionReport report) {
        int row = 0;
        heads(sheet, row, COUNT_HEADS);
        for (Line line : report.lines()) {
            if (line.counts() != null) {
                row++;
                counts(sheet, row, place(line), report.name(), line.counts());
            }
            for (OpinionReport.PartCounts part : line.byPart()) {
                row++;
                counts(sheet, row, place(line), part.name(), part.counts());
            }
        }
        sheet.width(0, WIDE);
        sheet.width(1, WIDE);
    }

    private static void counts(Worksheet sheet, int row, String place, String unit, Counts counts) {
        row(sheet, row, List.of(place, unit));
        sheet.value(row, 2, counts.agree());
        sheet.value(row, 3, counts.amend());
        sheet.value(row, 4, counts.against());
    }

    private static String place(Line line) {
        return line.text() == null ? "Cả dự thảo" : line.text();
    }

    private static void row(Worksheet sheet, int row, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text(sheet, row, i, cells.get(i));
            sheet.style(row, i).wrapText(true).verticalAlignment("top").set();
        }
    }

    private static void heads(Worksheet sheet, int row, List<String> heads) {
        for (int i = 0; i < heads.size(); i++) {
            sheet.value(row, i, heads.get(i));
            sheet.style(row, i).bold().wrapText(true).set();
        }
    }

    /** What somebody wrote must not be taken for a formula. */
    private static void text(Worksheet sheet, int row, int column, String text) {
        String cut = text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + " …" : text;
        boolean isFormula = !cut.isEmpty() && "=+-@".indexOf(cut.charAt(0)) >= 0;
        sheet.inlineString(row, column, isFormula ? '\'' + cut : cut);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

package vn.sotay.dues.remittance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.paper.Papers;
import vn.sotay.api.paper.Sheet;
import vn.sotay.api.paper.Sheet.Signer;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Units;

/** Reports and slips as files. They are in Vietnamese whatever language is asked for: they are the organisation's own forms. */
@Component(service = ReportFiles.class)
public final class ReportFiles {

    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final String AMOUNT = "#,##0";
    private static final int WIDE = 44;
    private static final int NARROW = 16;
    private static final int MONTHS = 12;
    private static final int MONTHS_OF_QUARTER = 3;

    /** What the lines of the form say; the form is the same whatever language is spoken. */
    private static final Map<String, String> LINES = Map.ofEntries(
            Map.entry("01", "Đảng viên có đến cuối kỳ báo cáo"),
            Map.entry("02", "Đảng phí đã thu được từ chi bộ trong kỳ"),
            Map.entry("03", "Đảng phí đã thu từ đầu năm đến cuối kỳ"),
            Map.entry("04", "Đảng phí trích giữ lại các cấp trong kỳ"),
            Map.entry("05", "— Chi bộ"),
            Map.entry("06", "— Tổ chức cơ sở đảng"),
            Map.entry("07", "— Cấp trên cơ sở"),
            Map.entry("08", "Đảng phí trích giữ lại từ đầu năm"),
            Map.entry("09", "— Chi bộ"),
            Map.entry("10", "— Tổ chức cơ sở đảng"),
            Map.entry("11", "— Cấp trên cơ sở"),
            Map.entry("12", "Đảng phí nộp cấp trên trong kỳ"),
            Map.entry("13", "Đảng phí nộp cấp trên từ đầu năm"));

    private static final List<String> COLUMNS =
            List.of("Nội dung", "Mã số", "Tổng số", "Xã, phường, đặc khu", "Doanh nghiệp", "Khác");

    private static final List<String> COMMITTEE = List.of(
            "Tháng",
            "Nhận từ cấp dưới",
            "Tự thu",
            "Giữ lại",
            "Nộp cấp trên",
            "Lũy kế thu",
            "Lũy kế giữ lại",
            "Lũy kế nộp");

    private final Store store;
    private final Units units;
    private final Members members;
    private final Remittances remittances;
    private final Papers papers;

    @Activate
    public ReportFiles(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Remittances remittances,
            @Reference Papers papers) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.remittances = remittances;
        this.papers = papers;
    }

    // ---- the slip that goes with the money

    private record Slip(Remittance remittance, String unit, String superior, String by, String to) {}

    byte[] slip(Caller caller, UUID id) {
        Slip slip = store.read(tx -> {
            Remittance one = remittances.readable(tx, caller, id).value();
            if (one.state() == Remittance.State.WITHDRAWN) {
                throw Problem.conflict("remittance.withdrawn");
            }
            UUID superior = one.superior();
            return new Slip(
                    one,
                    units.current(one.unit()).name(),
                    superior == null ? "" : units.current(superior).name(),
                    one.madeBy() == null
                            ? ""
                            : members.find(tx, one.madeBy()).map(Member::name).orElse(""),
                    one.acknowledgedBy() == null
                            ? ""
                            : members.find(tx, one.acknowledgedBy())
                                    .map(Member::name)
                                    .orElse(""));
        });
        return papers.write(Papers.Size.A5, "slip.title", "", sheet -> write(sheet, slip));
    }

    private static void write(Sheet sheet, Slip slip) {
        Remittance one = slip.remittance();
        List<Map.Entry<String, String>> facts = new ArrayList<>();
        facts.add(Map.entry(sheet.say("slip.unit"), slip.unit()));
        if (!slip.superior().isEmpty()) {
            facts.add(Map.entry(sheet.say("slip.superior"), slip.superior()));
        }
        facts.add(Map.entry(sheet.say("slip.day"), DAY.format(one.day())));
        facts.add(Map.entry(sheet.say("slip.received"), dong(one.received())));
        facts.add(
                Map.entry(sheet.say("slip.kept", Map.of("percent", String.valueOf(one.percent()))), dong(one.kept())));
        facts.add(Map.entry(sheet.say("slip.amount"), dong(one.amount())));
        if (one.reference() != null) {
            facts.add(Map.entry(sheet.say("slip.reference"), one.reference()));
        }
        sheet.facts(facts);
        sheet.text(String.valueOf(one.citation()));
        sheet.signatures(List.of(
                new Signer(sheet.say("slip.giver"), slip.by()), new Signer(sheet.say("slip.taker"), slip.to())));
    }

    // ---- the quarter

    byte[] pdf(B01 report) {
        return papers.write(Papers.Size.A4, "b01.title", report.quarter(), sheet -> {
            sheet.heading(report.name());
            sheet.text(sheet.say("b01.quarter", Map.of("quarter", quarter(report))));
            sheet.table(
                    COLUMNS,
                    report.lines().stream()
                            .map(line -> List.of(
                                    LINES.getOrDefault(line.code(), ""),
                                    line.code(),
                                    number(line.total()),
                                    number(line.commune()),
                                    number(line.enterprise()),
                                    number(line.other())))
                            .toList());
            sheet.text(sheet.say("b01.on-hand", Map.of("amount", dong(report.onHand()))));
            sheet.signatures(List.of(new Signer(sheet.say("b01.maker"), ""), new Signer(sheet.say("b01.head"), "")));
        });
    }

    byte[] xlsx(B01 report) {
        return workbook("B01-DP", sheet -> {
            sheet.value(0, 0, "BÁO CÁO THU, NỘP ĐẢNG PHÍ (Mẫu B01/ĐP)");
            sheet.style(0, 0).bold().set();
            sheet.value(1, 0, report.name());
            sheet.value(2, 0, quarter(report));
            int row = 4;
            heads(sheet, row, COLUMNS);
            for (B01.Line line : report.lines()) {
                row++;
                sheet.value(row, 0, LINES.getOrDefault(line.code(), ""));
                sheet.value(row, 1, line.code());
                amount(sheet, row, 2, line.total());
                amount(sheet, row, 3, line.commune());
                amount(sheet, row, 4, line.enterprise());
                amount(sheet, row, 5, line.other());
            }
            row++;
            sheet.value(row, 0, "Còn ở các cấp, chưa nộp");
            amount(sheet, row, 2, report.onHand());
            sheet.width(0, WIDE);
            for (int i = 2; i < COLUMNS.size(); i++) {
                sheet.width(i, NARROW);
            }
        });
    }

    /** {@code Quý 4/2026} */
    private static String quarter(B01 report) {
        Quarter quarter = Quarter.of(report.quarter());
        return "Quý " + quarter.number() + '/' + quarter.year();
    }

    // ---- the year

    byte[] pdf(Ledger ledger) {
        return papers.write(Papers.Size.A4, "ledger.title", Integer.toString(ledger.year()), sheet -> {
            sheet.heading(ledger.name());
            sheet.text(sheet.say("ledger.year", Map.of("year", ledger.year())));
            List<List<String>> rows = new ArrayList<>();
            for (Ledger.Row row : ledger.rows()) {
                List<String> cells = new ArrayList<>();
                cells.add(row.name());
                for (int from = 0; from < MONTHS; from += MONTHS_OF_QUARTER) {
                    cells.add(number(row.months().subList(from, from + MONTHS_OF_QUARTER).stream()
                            .mapToLong(Long::longValue)
                            .sum()));
                }
                cells.add(number(row.other()));
                cells.add(number(row.total()));
                rows.add(cells);
            }
            sheet.table(
                    List.of(
                            sheet.say("ledger.member"),
                            "Quý I",
                            "Quý II",
                            "Quý III",
                            "Quý IV",
                            sheet.say("ledger.other"),
                            sheet.say("ledger.total")),
                    rows);
            sheet.text(sheet.say("ledger.collected", Map.of("amount", dong(ledger.collected()))));
            sheet.table(
                    List.of(
                            sheet.say("slip.day"),
                            sheet.say("slip.received"),
                            sheet.say("ledger.kept"),
                            sheet.say("slip.amount")),
                    ledger.remittances().stream()
                            .map(one -> List.of(
                                    DAY.format(one.day()),
                                    number(one.received()),
                                    number(one.kept()),
                                    number(one.amount())))
                            .toList());
            sheet.signatures(
                    List.of(new Signer(sheet.say("ledger.maker"), ""), new Signer(sheet.say("ledger.head"), "")));
        });
    }

    byte[] xlsx(Ledger ledger) {
        return workbook("Thu, nop dang phi", sheet -> {
            sheet.value(0, 0, "SỔ THU, NỘP ĐẢNG PHÍ NĂM " + ledger.year());
            sheet.style(0, 0).bold().set();
            sheet.value(1, 0, ledger.name());
            int row = 3;
            List<String> heads = new ArrayList<>(List.of("Họ và tên"));
            for (int month = 1; month <= MONTHS; month++) {
                heads.add("Tháng " + month);
            }
            heads.addAll(List.of("Khác", "Cộng"));
            heads(sheet, row, heads);
            for (Ledger.Row one : ledger.rows()) {
                row++;
                text(sheet, row, 0, one.name());
                for (int month = 0; month < MONTHS; month++) {
                    amount(sheet, row, month + 1, one.months().get(month));
                }
                amount(sheet, row, MONTHS + 1, one.other());
                amount(sheet, row, MONTHS + 2, one.total());
            }
            row++;
            sheet.value(row, 0, "Cộng");
            amount(sheet, row, MONTHS + 2, ledger.collected());
            row += 2;
            heads(sheet, row, List.of("Ngày nộp", "Đã nhận", "Giữ lại", "Nộp cấp trên"));
            for (Remittance one : ledger.remittances()) {
                row++;
                day(sheet, row, 0, one.day());
                amount(sheet, row, 1, one.received());
                amount(sheet, row, 2, one.kept());
                amount(sheet, row, 3, one.amount());
            }
            sheet.width(0, WIDE);
        });
    }

    // ---- the year of a committee

    byte[] pdf(CommitteeLedger ledger) {
        return papers.write(Papers.Size.A4, "ledger.title", Integer.toString(ledger.year()), sheet -> {
            sheet.heading(ledger.name());
            sheet.text(sheet.say("ledger.year", Map.of("year", ledger.year())));
            sheet.table(
                    COMMITTEE,
                    ledger.months().stream()
                            .map(one -> List.of(
                                    "Tháng " + month(one),
                                    number(one.received()),
                                    number(one.collected()),
                                    number(one.kept()),
                                    number(one.passed()),
                                    number(one.receivedToDate()),
                                    number(one.keptToDate()),
                                    number(one.passedToDate())))
                            .toList());
            sheet.table(
                    List.of("Đơn vị nộp", "Quý I", "Quý II", "Quý III", "Quý IV", "Cộng"),
                    ledger.below().stream().map(ReportFiles::quarters).toList());
            sheet.signatures(
                    List.of(new Signer(sheet.say("ledger.maker"), ""), new Signer(sheet.say("ledger.head"), "")));
        });
    }

    private static List<String> quarters(CommitteeLedger.Row row) {
        List<String> cells = new ArrayList<>(List.of(row.name()));
        for (int from = 0; from < MONTHS; from += MONTHS_OF_QUARTER) {
            cells.add(number(row.months().subList(from, from + MONTHS_OF_QUARTER).stream()
                    .mapToLong(Long::longValue)
                    .sum()));
        }
        cells.add(number(row.total()));
        return cells;
    }

    private static int month(CommitteeLedger.Month one) {
        return Integer.parseInt(one.period().substring(5));
    }

    byte[] xlsx(CommitteeLedger ledger) {
        return workbook("Thu, nop dang phi", sheet -> {
            sheet.value(0, 0, "SỔ THU, NỘP ĐẢNG PHÍ NĂM " + ledger.year());
            sheet.style(0, 0).bold().set();
            sheet.value(1, 0, ledger.name());
            int row = 3;
            heads(sheet, row, COMMITTEE);
            for (CommitteeLedger.Month one : ledger.months()) {
                row++;
                sheet.value(row, 0, "Tháng " + month(one));
                List<Long> amounts = List.of(
                        one.received(),
                        one.collected(),
                        one.kept(),
                        one.passed(),
                        one.receivedToDate(),
                        one.keptToDate(),
                        one.passedToDate());
                for (int i = 0; i < amounts.size(); i++) {
                    amount(sheet, row, i + 1, amounts.get(i));
                }
            }
            row += 2;
            List<String> heads = new ArrayList<>(List.of("Đơn vị nộp"));
            for (int month = 1; month <= MONTHS; month++) {
                heads.add("Tháng " + month);
            }
            heads.add("Cộng");
            heads(sheet, row, heads);
            for (CommitteeLedger.Row one : ledger.below()) {
                row++;
                text(sheet, row, 0, one.name());
                for (int month = 0; month < MONTHS; month++) {
                    amount(sheet, row, month + 1, one.months().get(month));
                }
                amount(sheet, row, MONTHS + 1, one.total());
            }
            sheet.width(0, WIDE);
            for (int i = 1; i <= MONTHS + 1; i++) {
                sheet.width(i, NARROW);
            }
        });
    }

    // ---- cells

    private static byte[] workbook(String name, java.util.function.Consumer<Worksheet> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Sotay", null);
                Worksheet sheet = workbook.newWorksheet(name)) {
            content.accept(sheet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void heads(Worksheet sheet, int row, List<String> heads) {
        for (int i = 0; i < heads.size(); i++) {
            sheet.value(row, i, heads.get(i));
            sheet.style(row, i).bold().wrapText(true).set();
        }
    }

    private static void amount(Worksheet sheet, int row, int column, @Nullable Long amount) {
        if (amount != null) {
            sheet.value(row, column, amount);
            sheet.style(row, column).format(AMOUNT).set();
        }
    }

    private static void day(Worksheet sheet, int row, int column, LocalDate day) {
        sheet.value(row, column, day);
        sheet.style(row, column).format("dd/MM/yyyy").set();
    }

    /** A name that somebody made up must not be taken for a formula. */
    private static void text(Worksheet sheet, int row, int column, String text) {
        boolean isFormula = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
        sheet.inlineString(row, column, isFormula ? '\'' + text : text);
    }

    private static String number(@Nullable Long amount) {
        return amount == null ? "" : String.format(Locale.GERMANY, "%,d", amount);
    }

    /** {@code 46.800 đ} */
    private static String dong(@Nullable Long amount) {
        return number(amount) + " đ";
    }
}

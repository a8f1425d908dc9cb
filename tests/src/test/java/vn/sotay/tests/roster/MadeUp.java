package vn.sotay.tests.roster;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import vn.sotay.testkit.Sotay;

/** A roster of people of whom none lives, with the words that the demo makes up its own people of. The same size gives the same people. */
final class MadeUp {

    private static final Path WORDS = Sotay.dist().resolveSibling("bundles/platform/src/main/resources/demo/names.tsv");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final List<String> HEADS = List.of(
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Giới tính",
            "Số thẻ đảng viên",
            "Ngày vào Đảng",
            "Ngày chính thức",
            "Mã chi bộ",
            "Số điện thoại");

    private final int size;
    private final List<String> cells;
    private final Map<String, List<String>> words = new LinkedHashMap<>();

    /** @param cells codes of the cells among which they are parted */
    MadeUp(int size, List<String> cells) throws IOException {
        this.size = size;
        this.cells = cells;
        try (BufferedReader rows = Files.newBufferedReader(WORDS)) {
            rows.lines()
                    .filter(row -> !row.startsWith("#"))
                    .map(row -> row.split("\t"))
                    .forEach(row -> words.computeIfAbsent(row[0] + row[1], part -> new ArrayList<>())
                            .add(row[2]));
        }
    }

    private interface Rows {
        void row(int number, List<String> values);
    }

    private void each(Rows rows) {
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            boolean isMan = random.nextInt(100) < 64;
            LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(23_000));
            LocalDate admitted = born.plusYears(20).plusDays(random.nextInt(500));
            String given = one(random, "given" + (isMan ? "MALE" : "FEMALE"));
            rows.row(
                    i + 1,
                    List.of(
                            Integer.toString(i + 1),
                            one(random, "family") + ' ' + given,
                            random.nextInt(20) == 0 ? Integer.toString(born.getYear()) : born.format(DAY),
                            isMan ? "Nam" : "Nữ",
                            random.nextInt(50) == 0 ? "" : String.format("50.%06d", i),
                            admitted.format(DAY),
                            admitted.plusYears(1).format(DAY),
                            cells.get(i * cells.size() / size),
                            String.format("0900%06d", random.nextInt(1_000_000))));
        }
    }

    private String one(Random random, String part) {
        List<String> all = words.get(part);
        return all.get(random.nextInt(all.size()));
    }

    byte[] csv() {
        StringBuilder csv = new StringBuilder(String.join(",", HEADS)).append("\r\n");
        each((number, values) -> csv.append(String.join(",", values)).append("\r\n"));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] xlsx() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Sotay", null);
                Worksheet sheet = workbook.newWorksheet("Danh sách")) {
            write(sheet, 0, HEADS);
            each((number, values) -> write(sheet, number, values));
        }
        return out.toByteArray();
    }

    private static void write(Worksheet sheet, int row, List<String> values) {
        for (int column = 0; column < values.size(); column++) {
            sheet.value(row, column, values.get(column));
        }
    }
}

package vn.sotay.platform.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, encodings and heads. */
class ReadingTest {

    @TempDir
    Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("roster"), content);
    }

    private static List<RawRow> rows(Path file) throws IOException {
        List<RawRow> rows = new ArrayList<>();
        try (RosterFile roster = RosterFile.open(() -> java.nio.file.Files.newInputStream(file))) {
            roster.read(roster.sheets().get(0), rows::add);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1258"})
    void knowsEncodingsWithoutAMark(String encoding) throws IOException {
        // in Windows-1258 tones are characters of their own: ẵ is ă and a combining tilde
        String text = "Họ và tên;Ngày sinh\nLê Tấn Đức;1980\n";
        String typed = encoding.equals("windows-1258")
                ? "Ho\u0323 va\u0300 tên;Ngày sinh\nLê Tâ\u0301n Đư\u0301c;1980\n"
                : text;
        List<RawRow> rows = rows(file(typed.getBytes(Charset.forName(encoding))));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).at(1).text()).isEqualTo("Họ và tên");
        assertThat(rows.get(1).at(1).text()).isEqualTo("Lê Tấn Đức");
    }

    @Test
    void readsUtf8WhoseLettersAreCutByTheBuffer() throws IOException {
        String text = "x" + "ế".repeat(100_000);
        assertThat(Encodings.of(() -> new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void countsLinesAsAnEditorDoes() throws IOException {
        List<RawRow> rows = rows(file("a,b\n\n\"1\n2\",3\n,,\nx,y\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(rows).extracting(RawRow::line).containsExactly(1, 3, 6);
        assertThat(rows.get(1).at(1).text()).isEqualTo("1 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void findsTheSeparator(String separator) throws IOException {
        String text = "ĐẢNG BỘ XÃ\n" + String.join(separator, "STT", "Họ và tên", "Ngày sinh") + "\n"
                + String.join(separator, "1", "\"Lê, Hoa\"", "1980") + "\n";
        List<RawRow> rows = rows(file(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(rows.get(1).values()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'',roster.empty",
        "'Họ và tên,Ngày sinh\n\"Lê,1980\n',roster.broken-csv",
        "'a,b\n1,2\n',roster.no-heads",
        "'%PDF-1.7',roster.no-table",
    })
    void saysWhatIsWrongWithAFile(String text, String rule) throws IOException {
        Path file = file(text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> {
                    try (RosterFile roster = RosterFile.open(() -> java.nio.file.Files.newInputStream(file))) {
                        Table.find(roster, Heads.load(null)).read(roster, row -> true);
                    }
                })
                .isInstanceOfSatisfying(RosterFile.UnreadableException.class, e -> assertThat(e.rule())
                        .isEqualTo(rule));
    }

    @Test
    void saysThatAWorkbookIsBroken() throws IOException {
        byte[] whole = Files.readAllBytes(RosterFilesTest.file("office.xlsx"));
        Path file = file(java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> RosterFile.open(() -> java.nio.file.Files.newInputStream(file)))
                .isInstanceOfSatisfying(RosterFile.UnreadableException.class, e -> assertThat(e.rule())
                        .isEqualTo("roster.broken-xlsx"));
    }

    @ParameterizedTest
    @CsvSource({
        "Họ và tên,name,true",
        "HỌ VÀ TÊN,name,true",
        "Ho va ten,name,true",
        "'Ngày sinh (dd/mm/yyyy)',birthDate,true",
        "Năm sinh,birthDate,false",
        "Nam/Nữ,gender,false",
        "Số ĐT,phone,false",
        "STT,ordinal,true",
        "Dân tộc,,false",
    })
    void knowsHeads(String head, String field, boolean certain) throws IOException {
        Heads.Column column = Heads.load(null)
                .read(new RawRow(1, List.of(Value.text(head))))
                .columns()
                .get(0);
        assertThat(column.field()).isEqualTo(field);
        assertThat(column.certain()).isEqualTo(certain);
    }

    @Test
    void takesTheSurerOfTwoColumnsForOneField() throws IOException {
        Heads.Row row =
                Heads.load(null).read(new RawRow(1, List.of(Value.text("Chính thức"), Value.text("Ngày chính thức"))));
        assertThat(row.columns()).extracting(Heads.Column::field).containsExactly(null, "officialOn");
    }

    @Test
    void learnsTheProvincesOwnHeads() throws IOException {
        Path more = Files.writeString(
                folder.resolve("roster-heads.json"), "{\"name\": {\"heads\": [\"Quý danh\"]}} // ours");
        assertThat(Heads.load(more)
                        .read(new RawRow(1, List.of(Value.text("Quý danh"))))
                        .columns()
                        .get(0)
                        .certain())
                .isTrue();
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"nam\": {}}");
        assertThatThrownBy(() -> Heads.load(wrong)).hasMessageContaining("wrong.json");
    }
}

package vn.sotay.platform.roster;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Reach;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.csv.Csv;
import vn.sotay.platform.csv.Safe;
import vn.sotay.platform.members.MemberBook;

/**
 * Writes rosters: with Sotay's own heads, so that what was exported can be imported again and changes nothing. Members are read and written
 * in pages; no roster is ever whole in the memory.
 */
@Component(service = RosterExport.class)
public final class RosterExport {

    /** How a roster is written; the names are those of the query. */
    enum Format {
        csv("text/csv; charset=utf-8"),
        xlsx("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    private static final int PAGE = 500;
    private static final Field[] COLUMNS = {
        Field.ORDINAL,
        Field.NAME,
        Field.BIRTH,
        Field.GENDER,
        Field.CARD,
        Field.ADMITTED,
        Field.OFFICIAL,
        Field.CELL,
        Field.PHONE
    };
    private static final int[] WIDTHS = {6, 28, 12, 10, 18, 14, 16, 22, 15};

    private final Store store;
    private final Units units;
    private final MemberBook members;
    private final ProvinceHeads heads;

    @Activate
    public RosterExport(
            @Reference Store store,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference ProvinceHeads heads) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.heads = heads;
    }

    /** Takes the rows of a roster. */
    private interface Rows {
        void row(Member member, int number) throws IOException;
    }

    void write(Reach reach, Format format, OutputStream out) throws IOException {
        switch (format) {
            case csv -> writeCsv(reach, out);
            case xlsx -> writeXlsx(reach, out);
        }
    }

    private void each(Reach reach, Rows rows) throws IOException {
        Member last = null;
        int number = 0;
        while (true) {
            Member after = last;
            List<Member> page = store.read(tx -> members.page(tx, reach, after, PAGE));
            for (Member member : page) {
                rows.row(member, ++number);
                last = member;
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private void writeCsv(Reach reach, OutputStream out) throws IOException {
        try (Csv csv = new Csv(out)) {
            csv.row(Arrays.stream(COLUMNS).map(heads.get()::own).toArray());
            each(
                    reach,
                    (member, number) -> csv.row(Arrays.stream(COLUMNS)
                            .map(column -> text(column, member, number))
                            .toArray()));
        }
    }

    private void writeXlsx(Reach reach, OutputStream out) throws IOException {
        try (Workbook workbook = new Workbook(new KeptOpen(out), "Sotay", null);
                Worksheet sheet = workbook.newWorksheet("Danh sách")) {
            for (int i = 0; i < COLUMNS.length; i++) {
                sheet.width(i, WIDTHS[i]);
                sheet.value(0, i, heads.get().own(COLUMNS[i]));
                sheet.style(0, i).bold().set();
            }
            sheet.freezePane(0, 1);
            each(reach, (member, number) -> {
                for (int i = 0; i < COLUMNS.length; i++) {
                    LocalDate day = day(COLUMNS[i], member);
                    if (day != null) {
                        sheet.value(number, i, day);
                        sheet.style(number, i).format("dd/MM/yyyy").set();
                    } else if (COLUMNS[i] == Field.ORDINAL) {
                        sheet.value(number, i, number);
                    } else {
                        // inline, since shared texts would all be kept until the end
                        sheet.inlineString(number, i, Safe.guarded(text(COLUMNS[i], member, number)));
                    }
                }
                if (number % PAGE == 0) {
                    sheet.flush();
                }
            });
        }
    }

    private static @Nullable LocalDate day(Field field, Member member) {
        return switch (field) {
            case BIRTH -> member.birthDate();
            case ADMITTED -> member.admittedOn();
            case OFFICIAL -> member.officialOn();
            default -> null;
        };
    }

    private String text(Field field, Member member, int number) {
        LocalDate day = day(field, member);
        if (day != null) {
            return Value.day(day).text();
        }
        return switch (field) {
            case ORDINAL -> Integer.toString(number);
            case NAME -> member.name();
            case BIRTH -> member.birthYear() == null ? "" : Integer.toString(member.birthYear());
            case GENDER -> member.gender() == null ? "" : member.gender() == Gender.MALE ? "Nam" : "Nữ";
            case CARD -> orEmpty(member.cardNumber());
            case CELL -> units.find(member.cell()).map(Unit::code).orElse("");
            case PHONE -> orEmpty(member.phone());
            case ADMITTED, OFFICIAL -> "";
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The workbook closes what it writes to, which is the reply's own to close. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

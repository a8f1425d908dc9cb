package vn.sotay.platform.roster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.job.Finding;
import vn.sotay.api.member.Gender;
import vn.sotay.api.text.Folding;
import vn.sotay.platform.csv.Safe;

/** Understands one row by itself. Pure. */
final class RowChecks {

    private static final int EARLIEST_BIRTH = 1900;
    private static final int MOST_IN_A_NAME = 100;
    private static final int MOST_IN_A_CARD = 20;
    private static final int MOST_SHOWN = 60;
    private static final Pattern CARD = Pattern.compile("(\\d{2})[.,]?(\\d{6})");
    private static final Pattern CARD_AS_NUMBER = Pattern.compile("(\\d{1,2})[.](\\d{1,6})|\\d{7,8}");
    private static final Pattern PHONE = Pattern.compile("0\\d{9,10}");
    private static final Pattern BETWEEN_PHONES = Pattern.compile("[,;/]");
    private static final Pattern TOTAL = Pattern.compile("tong (cong|so)\\b.*|cong( ?[:(\\d].*)?");
    private static final Pattern COLUMN_NUMBER = Pattern.compile("[(\\[]?\\d{1,2}[)\\]]?");

    private RowChecks() {}

    /** Finds a cell by what a roster calls it. */
    @FunctionalInterface
    interface Cells {

        /**
         * What it found.
         *
         * @param cell null if the row cannot be taken
         * @param refused the rule that says why, else null
         */
        record Found(@Nullable UUID cell, @Nullable String refused) {

            static Found of(UUID cell) {
                return new Found(cell, null);
            }

            static Found refused(String rule) {
                return new Found(null, rule);
            }
        }

        /** @param called code or name; empty where the file does not say */
        Found find(String called);
    }

    /**
     * A row after its checks.
     *
     * @param entry null if the row is refused
     */
    record Checked(int line, @Nullable Entry entry, List<Finding> refused, List<Finding> warnings) {
        Checked {
            refused = List.copyOf(refused);
            warnings = List.copyOf(warnings);
        }
    }

    /** What the columns hold. */
    static Map<Field, Value> fields(RawRow row, Map<Field, Integer> columns) {
        Map<Field, Value> fields = new EnumMap<>(Field.class);
        columns.forEach((field, column) -> {
            Value value = row.at(column);
            if (!value.isEmpty()) {
                fields.put(field, value);
            }
        });
        return fields;
    }

    /** Whether the row is none of a member, and nothing is lost without it: empty, a total, a row that numbers the columns. */
    static boolean isNoMember(RawRow row, Map<Field, Value> fields) {
        if (fields.isEmpty() || fields.size() == 1 && fields.containsKey(Field.ORDINAL)) {
            return true;
        }
        boolean total = row.values().stream()
                .anyMatch(value -> TOTAL.matcher(Folding.fold(value.text())).matches());
        if (total && !fields.containsKey(Field.CARD) && !fields.containsKey(Field.GENDER)) {
            return true;
        }
        return fields.size() > 2
                && row.values().stream()
                        .allMatch(value -> value.isEmpty()
                                || COLUMN_NUMBER.matcher(value.text()).matches());
    }

    /** Whether the row holds so little that it is rather a heading or a signature than a member. */
    static boolean isRatherNoMember(Map<Field, Value> fields) {
        return fields.size() == 1;
    }

    static Checked check(int line, Map<Field, Value> fields, Cells cells, LocalDate today) {
        Check check = new Check(line, fields);
        String name = check.name();
        Dates.Read birth = check.birth(today);
        Gender gender = check.gender();
        String card = check.card();
        LocalDate admitted = check.day(Field.ADMITTED, today);
        LocalDate official = check.day(Field.OFFICIAL, today);
        UUID cell = check.cell(cells);
        String phone = check.phone();
        check.order(birth, admitted, official, today);
        boolean taken = check.refused.isEmpty() && name != null && cell != null;
        Entry entry = !taken || name == null || cell == null
                ? null
                : new Entry(name, birth.day(), birth.year(), gender, card, admitted, official, cell, phone);
        return new Checked(line, entry, check.refused, check.warnings);
    }

    private static final class Check {

        private final int line;
        private final Map<Field, Value> fields;
        private final List<Finding> refused = new ArrayList<>();
        private final List<Finding> warnings = new ArrayList<>();

        Check(int line, Map<Field, Value> fields) {
            this.line = line;
            this.fields = fields;
        }

        private Value value(Field field) {
            return fields.getOrDefault(field, Value.EMPTY);
        }

        private void refuse(Field field, String rule, Map<String, Object> values) {
            refused.add(new Finding(line, field.word(), rule, shortened(values)));
        }

        private void refuse(Field field, String rule) {
            refuse(field, rule, Map.of());
        }

        private void warn(Field field, String rule, Map<String, Object> values) {
            warnings.add(new Finding(line, field.word(), rule, shortened(values)));
        }

        /** What was typed is shown, but not a novel of it. */
        private static Map<String, Object> shortened(Map<String, Object> values) {
            return values.get("text") instanceof String text && text.length() > MOST_SHOWN
                    ? Map.of("text", text.substring(0, MOST_SHOWN) + '…')
                    : values;
        }

        private void warn(Field field, String rule) {
            warn(field, rule, Map.of());
        }

        private boolean isRefused(Field field) {
            return refused.stream().anyMatch(finding -> finding.field().equals(field.word()));
        }

        private @Nullable String name() {
            String name = Names.proper(Safe.unguarded(value(Field.NAME).text()));
            if (name.isEmpty()) {
                refuse(Field.NAME, "roster.name-missing");
                return null;
            }
            if (name.length() > MOST_IN_A_NAME) {
                refuse(Field.NAME, "roster.name-long", Map.of("max", MOST_IN_A_NAME));
                return null;
            }
            if (name.chars().noneMatch(Character::isLetter)) {
                refuse(Field.NAME, "roster.no-name", Map.of("text", name));
                return null;
            }
            return name;
        }

        private Dates.Read birth(LocalDate today) {
            Dates.Read birth = Dates.read(value(Field.BIRTH));
            Integer year = birth.year();
            if (birth.refused() != null) {
                refuse(Field.BIRTH, birth.refused(), birth.values());
            } else if (year == null) {
                warn(Field.BIRTH, "roster.birth-missing");
            } else if (year > today.getYear()
                    || birth.day() != null && birth.day().isAfter(today)) {
                refuse(Field.BIRTH, "roster.born-in-future");
            } else if (year < EARLIEST_BIRTH) {
                refuse(Field.BIRTH, "roster.born-too-early", Map.of("min", EARLIEST_BIRTH));
            } else if (birth.warning() != null) {
                warn(Field.BIRTH, birth.warning(), birth.values());
            }
            return birth;
        }

        private @Nullable LocalDate day(Field field, LocalDate today) {
            Dates.Read read = Dates.read(value(field));
            if (read.refused() != null) {
                refuse(field, read.refused(), read.values());
            } else if (read.day() == null && read.year() != null) {
                refuse(field, "roster.day-needed", Map.of("text", value(field).text()));
            } else if (read.day() != null && read.day().isAfter(today)) {
                refuse(field, "roster.day-in-future");
            } else if (read.warning() != null) {
                warn(field, read.warning(), read.values());
            }
            return read.day();
        }

        private @Nullable Gender gender() {
            String text = value(Field.GENDER).text();
            return switch (Folding.fold(text)) {
                case "" -> null;
                case "nam", "male", "m" -> Gender.MALE;
                case "nu", "female", "f" -> Gender.FEMALE;
                default -> {
                    refuse(Field.GENDER, "roster.gender-unknown", Map.of("text", text));
                    yield null;
                }
            };
        }

        /** The number as cards show it, {@code 34.123456}; a spreadsheet drops its zeros when it is kept as a number. */
        private @Nullable String card() {
            Value value = value(Field.CARD);
            String text = Safe.unguarded(value.text()).replace(" ", "");
            if (text.isEmpty()) {
                warn(Field.CARD, "roster.card-missing");
                return null;
            }
            if (value.kind() == Value.Kind.NUMBER
                    && CARD_AS_NUMBER.matcher(text).matches()) {
                int point = text.indexOf('.');
                String digits = point < 0
                        ? "0".repeat(8 - text.length()) + text
                        : "0".repeat(2 - point)
                                + text.substring(0, point)
                                + text.substring(point + 1)
                                + "0".repeat(6 - (text.length() - point - 1));
                String card = digits.substring(0, 2) + '.' + digits.substring(2);
                warn(Field.CARD, "roster.card-as-number", Map.of("card", card));
                return card;
            }
            var form = CARD.matcher(text);
            if (form.matches()) {
                return form.group(1) + '.' + form.group(2);
            }
            String written = Safe.unguarded(value.text());
            if (written.length() > MOST_IN_A_CARD) {
                refuse(Field.CARD, "roster.card-long", Map.of("max", MOST_IN_A_CARD));
                return null;
            }
            warn(Field.CARD, "roster.card-form", Map.of("text", written));
            return written;
        }

        private @Nullable UUID cell(Cells cells) {
            String called = Safe.unguarded(value(Field.CELL).text());
            Cells.Found found = cells.find(called);
            if (found.refused() != null) {
                refuse(Field.CELL, found.refused(), Map.of("text", called));
            }
            return found.cell();
        }

        /** In national form; the first of several; spreadsheets drop the 0 that it begins with. */
        private @Nullable String phone() {
            Value value = value(Field.PHONE);
            String first = BETWEEN_PHONES.split(Safe.unguarded(value.text()), 2)[0];
            String digits = first.replaceAll("[^0-9]", "");
            if (first.isEmpty()) {
                return null;
            }
            if (digits.startsWith("84") && digits.length() >= 11) {
                digits = '0' + digits.substring(2);
            } else if (!digits.startsWith("0") && digits.length() == 9) {
                digits = '0' + digits;
            }
            if (!PHONE.matcher(digits).matches()) {
                warn(Field.PHONE, "roster.phone-form", Map.of("text", value.text()));
                return null;
            }
            return digits;
        }

        /** What must come after what; only where both are known and neither is wrong by itself. */
        private void order(
                Dates.Read birth, @Nullable LocalDate admitted, @Nullable LocalDate official, LocalDate today) {
            boolean birthKnown = birth.year() != null && !isRefused(Field.BIRTH);
            if (admitted != null && birthKnown && isBefore(admitted, birth)) {
                refuse(Field.ADMITTED, "roster.admitted-before-birth");
            } else if (official != null && birthKnown && isBefore(official, birth)) {
                refuse(Field.OFFICIAL, "roster.official-before-birth");
            }
            if (admitted != null && official != null && official.isBefore(admitted)) {
                refuse(Field.OFFICIAL, "roster.official-before-admitted");
            }
            if (admitted == null && !isRefused(Field.ADMITTED)) {
                warn(Field.ADMITTED, "roster.admitted-missing");
            }
            // who was admitted less than a year ago is still on probation
            if (official == null
                    && !isRefused(Field.OFFICIAL)
                    && (admitted == null || admitted.plusYears(1).isBefore(today))) {
                warn(Field.OFFICIAL, "roster.official-missing");
            }
        }

        private static boolean isBefore(LocalDate day, Dates.Read birth) {
            LocalDate born = birth.day();
            Integer year = birth.year();
            return born != null ? day.isBefore(born) : year != null && day.getYear() < year;
        }
    }
}

package vn.sotay.platform.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.member.Gender;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.unit.Unit;

/**
 * Makes up a province: the real communes of Quảng Ngãi, with cells and members of whom none lives. The same size and day give the same
 * province, to the last letter. Not thread-safe.
 */
final class DemoPlan {

    static final String PROVINCE_CODE = "38";
    static final String HOME_COMMUNE = "38.168";
    static final String HOME_CELL = "38.168.053.000.001";
    static final String OTHER_COMMUNE = "38.001";
    static final String OTHER_CELL = "38.001.001.000.009";

    /** Members of the cell of Hải Ninh by what they do there. */
    static final int SECRETARY = 0;

    static final int MEMBER = 1;
    static final List<Integer> FISHERMEN = List.of(2, 3, 4);

    private static final int HOME_MEMBERS = 34;
    private static final Set<Integer> HOME_PROBATIONARY = Set.of(31, 32);
    private static final int HOME_EXEMPT = 33;

    private static final String HOME = "Trường Giang";
    /** Besides the home commune: a ward of the coast's city, and the highlands. */
    private static final List<String> SMALL = List.of("Cẩm Thành", HOME, "Măng Đen");

    /** Communes of what was the highland province before 2025, by the official code. */
    private static final int HIGHLAND_FROM = 23_284;

    /** Highland communes further north, where other peoples live. */
    private static final Set<String> HILLS = Set.of(
            "Trà Bồng",
            "Thanh Bồng",
            "Đông Trà Bồng",
            "Cà Đam",
            "Tây Trà",
            "Tây Trà Bồng",
            "Sơn Hà",
            "Sơn Hạ",
            "Sơn Linh",
            "Sơn Thuỷ",
            "Sơn Kỳ",
            "Sơn Tây Thượng",
            "Sơn Tây",
            "Sơn Tây Hạ",
            "Minh Long",
            "Ba Tơ",
            "Ba Vinh",
            "Ba Dinh",
            "Ba Tô",
            "Ba Vì",
            "Ba Xa",
            "Đặng Thuỳ Trâm");

    private static final String CARD_PREFIX = "99.";
    private static final int CARDS = 1_000_000;
    /** Has no factor in common with the number of cards, so that no two are alike. */
    private static final int CARD_STEP = 7_919;

    private static final int BY_COMMUNE = 10_000;

    /** How a commune's people are called. */
    private enum Land {
        COAST,
        HILLS,
        HIGHLAND
    }

    private record Commune(int number, Land land, boolean ward, Unit unit) {}

    private final DemoSize size;
    private final LocalDate day;
    private final DemoNames names = new DemoNames();
    private final List<Commune> communes = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private final Map<UUID, List<Unit>> cells = new HashMap<>();

    /** @param day on which the people are as they are made up; nobody is born or admitted after it */
    DemoPlan(DemoSize size, LocalDate day) {
        this.size = size;
        this.day = day;
        Unit province = unit(null, "PROVINCE", PROVINCE_CODE, "tỉnh Quảng Ngãi");
        units.add(province);
        List<String[]> rows = new ArrayList<>(DemoTables.rows("communes.tsv"));
        if (size == DemoSize.SMALL) {
            rows.removeIf(row -> !SMALL.contains(row[2]));
        }
        rows.sort((one, other) -> Boolean.compare(other[2].equals(SMALL.get(0)), one[2].equals(SMALL.get(0))));
        int number = 0;
        for (String[] row : rows) {
            boolean home = row[2].equals(HOME);
            String code = home ? HOME_COMMUNE : PROVINCE_CODE + String.format(".%03d", ++number);
            Land land = Integer.parseInt(row[0]) >= HIGHLAND_FROM
                    ? Land.HIGHLAND
                    : HILLS.contains(row[2]) ? Land.HILLS : Land.COAST;
            Unit unit = unit(province, "COMMUNE", code, row[1] + ' ' + row[2]);
            communes.add(new Commune(communes.size(), land, row[1].equals("phường"), unit));
            units.add(unit);
        }
        communes.forEach(this::addCells);
    }

    private static Unit unit(@Nullable Unit parent, String kind, String code, String name) {
        UUID id = DemoIds.of("unit " + code);
        return new Unit(
                id,
                parent == null ? null : parent.id(),
                kind,
                code,
                name,
                (parent == null ? "/" : parent.path()) + id + '/');
    }

    /** Those above before those below. */
    List<Unit> units() {
        return units;
    }

    private void addCells(Commune commune) {
        int count = share(size.cells(), commune.number(), communes.size());
        Random random = random("cells", commune);
        boolean home = commune.unit().code().equals(HOME_COMMUNE);
        List<String> offices = column("office");
        List<String> hamlets = hamlets(commune, random);
        List<Unit> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int hamlet = home ? i - 1 : i - offices.size();
            String name = home && i == 0
                    ? "thôn Hải Ninh"
                    : !home && i < offices.size()
                            ? offices.get(i)
                            : home && i > 0 && i <= offices.size()
                                    ? offices.get(i - 1)
                                    : hamlets.get(home ? hamlet - offices.size() : hamlet);
            String code = commune.unit().code() + (home ? ".053.000." : ".001.000.") + String.format("%03d", i + 1);
            made.add(unit(commune.unit(), "CELL", code, name));
        }
        cells.put(commune.unit().id(), made);
        units.addAll(made);
    }

    private static List<String> column(String part) {
        return DemoTables.rows("hamlets.tsv").stream()
                .filter(row -> row[0].equals(part))
                .map(row -> row[1])
                .toList();
    }

    private static List<String> hamlets(Commune commune, Random random) {
        List<String> hamlets = new ArrayList<>();
        if (commune.ward()) {
            for (int i = 1; i <= 144; i++) {
                hamlets.add("tổ dân phố " + i);
            }
            return hamlets;
        }
        if (commune.land() == Land.COAST) {
            for (String first : column("first")) {
                for (String second : column("second")) {
                    hamlets.add("thôn " + first + ' ' + second);
                }
            }
        } else {
            for (String first : column("highland")) {
                for (int i = 1; i <= 12; i++) {
                    hamlets.add("thôn " + first + ' ' + i);
                }
            }
        }
        java.util.Collections.shuffle(hamlets, random);
        return hamlets;
    }

    private static int share(int whole, int index, int parts) {
        return (int) ((long) whole * (index + 1) / parts - (long) whole * index / parts);
    }

    private static Random random(String what, Commune commune) {
        return new Random((what + ' ' + commune.unit().code()).hashCode());
    }

    int communes() {
        return communes.size();
    }

    /** The members of one commune, by cell. */
    List<Member> members(int commune) {
        Commune one = communes.get(commune);
        Random random = random("members", one);
        List<Unit> ofCommune = cells.getOrDefault(one.unit().id(), List.of());
        int people = share(size.members(), commune, communes.size());
        int[] sizes = sizes(people, ofCommune, random);
        List<Member> members = new ArrayList<>();
        for (int cell = 0; cell < sizes.length; cell++) {
            boolean home = ofCommune.get(cell).code().equals(HOME_CELL);
            for (int i = 0; i < sizes[cell]; i++) {
                members.add(
                        member(one, commune * BY_COMMUNE + members.size(), ofCommune.get(cell), home ? i : -1, random));
            }
        }
        return members;
    }

    /** Small and large cells, as many people in all. */
    private static int[] sizes(int people, List<Unit> cells, Random random) {
        int[] weights = new int[cells.size()];
        int total = 0;
        int left = people;
        for (int i = 0; i < weights.length; i++) {
            if (cells.get(i).code().equals(HOME_CELL)) {
                left -= HOME_MEMBERS;
            } else {
                weights[i] = 50 + random.nextInt(100);
                total += weights[i];
            }
        }
        int[] sizes = new int[cells.size()];
        int given = 0;
        int sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (cells.get(i).code().equals(HOME_CELL)) {
                sizes[i] = HOME_MEMBERS;
            } else {
                sum += weights[i];
                int upTo = (int) ((long) left * sum / total);
                sizes[i] = upTo - given;
                given = upTo;
            }
        }
        return sizes;
    }

    /** @param home which of the members of Hải Ninh it is; -1 for a member elsewhere */
    private Member member(Commune commune, int number, Unit cell, int home, Random random) {
        boolean fisherman = FISHERMEN.contains(home);
        Gender gender = home == SECRETARY || fisherman || random.nextInt(100) < 64 ? Gender.MALE : Gender.FEMALE;
        int age = fisherman ? 30 + random.nextInt(20) : home == SECRETARY ? 58 : age(random);
        boolean probationary = home < 0 ? random.nextInt(100) < 4 : HOME_PROBATIONARY.contains(home);
        if (probationary) {
            age = 19 + random.nextInt(25);
        }
        LocalDate born = day.minusYears(age).minusDays(random.nextInt(360) + 1L);
        LocalDate admitted = probationary
                ? day.minusDays(20L + random.nextInt(320))
                : latest(born.plusYears(19 + random.nextInt(Math.max(1, Math.min(20, age - 22))))
                        .plusDays(random.nextInt(365)));
        LocalDate official = probationary ? null : admitted.plusYears(1);
        return new Member(
                DemoIds.numbered("member", number),
                name(commune, gender, born.getYear(), random),
                random.nextInt(100) < 97 ? born : null,
                born.getYear(),
                gender,
                probationary || random.nextInt(200) == 0 ? null : card(number),
                admitted,
                official,
                status(probationary, home, age, random),
                cell.id(),
                random.nextInt(100) < (age > 75 ? 40 : 92)
                        ? "09000" + String.format("%05d", random.nextInt(100_000))
                        : null);
    }

    private LocalDate latest(LocalDate admitted) {
        LocalDate last = day.minusDays(400);
        return admitted.isAfter(last) ? last : admitted;
    }

    private static int age(Random random) {
        int third = random.nextInt(100);
        return third < 38 ? 22 + random.nextInt(18) : third < 74 ? 40 + random.nextInt(20) : 60 + random.nextInt(27);
    }

    private static MemberStatus status(boolean probationary, int home, int age, Random random) {
        int drawn = random.nextInt(1000);
        if (probationary) {
            return MemberStatus.PROBATIONARY;
        }
        if (home >= 0) {
            return home == HOME_EXEMPT ? MemberStatus.EXEMPT : MemberStatus.OFFICIAL;
        }
        if (drawn < (age > 75 ? 250 : 8)) {
            return MemberStatus.EXEMPT;
        }
        return drawn >= 990 ? MemberStatus.AWAY : drawn >= 988 ? MemberStatus.SUSPENDED : MemberStatus.OFFICIAL;
    }

    private String name(Commune commune, Gender gender, int birthYear, Random random) {
        boolean highland =
                switch (commune.land()) {
                    case COAST -> random.nextInt(100) < 1;
                    case HILLS -> random.nextInt(100) < 75;
                    case HIGHLAND -> random.nextInt(100) < 60;
                };
        return highland
                ? names.highland(random, gender, commune.land() != Land.HIGHLAND)
                : names.lowland(random, gender, birthYear);
    }

    private static String card(int number) {
        return CARD_PREFIX + String.format("%06d", (int) ((long) number * CARD_STEP % CARDS));
    }

    /** The member of the other cell or of Hải Ninh by place in it. */
    UUID memberOf(String cellCode, int place) {
        for (int commune = 0; commune < communes.size(); commune++) {
            if (cellCode.startsWith(communes.get(commune).unit().code() + '.')) {
                UUID cell = DemoIds.of("unit " + cellCode);
                return members(commune).stream()
                        .filter(member -> member.cell().equals(cell))
                        .skip(place)
                        .findFirst()
                        .orElseThrow()
                        .id();
            }
        }
        throw new IllegalArgumentException("no cell " + cellCode);
    }
}

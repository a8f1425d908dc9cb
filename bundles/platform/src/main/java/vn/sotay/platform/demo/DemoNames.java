package vn.sotay.platform.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vn.sotay.api.member.Gender;

/** Makes up names: family names as frequent as they are, middle names of the generation, highland names where they belong. */
final class DemoNames {

    private static final int WITHOUT_OLD_MIDDLE = 1985;

    /** Words that are drawn by their weight. */
    private static final class Urn {
        private final List<String> words = new ArrayList<>();
        private final List<Integer> ends = new ArrayList<>();
        private int total;

        void add(String word, int weight) {
            total += weight;
            words.add(word);
            ends.add(total);
        }

        String draw(Random random) {
            int at = random.nextInt(total);
            int low = 0;
            int high = ends.size() - 1;
            while (low < high) {
                int middle = (low + high) / 2;
                if (ends.get(middle) > at) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return words.get(low);
        }
    }

    private final Map<String, Urn> urns = new HashMap<>();

    DemoNames() {
        for (String[] row : DemoTables.rows("names.tsv")) {
            urn(row[0], row[1]).add(row[2], Integer.parseInt(row[3]));
            if (row[0].equals("given")) {
                String last = row[2].substring(row[2].lastIndexOf(' ') + 1);
                urn("single", row[1]).add(last, 1);
            }
        }
    }

    private Urn urn(String part, String gender) {
        return urns.computeIfAbsent(part + gender, key -> new Urn());
    }

    String lowland(Random random, Gender gender, int birthYear) {
        String family = urn("family", "").draw(random);
        boolean old = birthYear < WITHOUT_OLD_MIDDLE || random.nextInt(3) == 0;
        return old
                ? family
                        + ' '
                        + urn("middle", gender.name()).draw(random)
                        + ' '
                        + urn("single", gender.name()).draw(random)
                : family + ' ' + urn("given", gender.name()).draw(random);
    }

    /** Of the peoples of the highlands: by the word before it, or with the family name that most in the hills share. */
    String highland(Random random, Gender gender, boolean north) {
        String single = urn("single", gender.name()).draw(random);
        if (north) {
            return (random.nextBoolean() ? "Đinh " : "Hồ ")
                    + urn("middle", gender.name()).draw(random)
                    + ' '
                    + single;
        }
        return random.nextBoolean()
                ? urn("highland", gender.name()).draw(random)
                : (gender == Gender.MALE ? "A " : "Y ") + single;
    }
}

package vn.sotay.platform.web;

import static java.lang.Math.cos;
import static java.lang.Math.floorMod;
import static java.lang.Math.sin;
import static java.lang.Math.toRadians;

import java.time.LocalDate;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;

/**
 * The lunar months of Viet Nam from the moon and the sun: a month begins on the day, at UTC+7, of a new moon; the one with the winter
 * solstice is the eleventh; between two eleventh months that lie thirteen apart, the first in which the sun enters no twelfth of its way
 * is the leap month. New moons by Meeus, Astronomical Algorithms, chapter 49 (to seconds), the sun's longitude by the leading terms of
 * VSOP87 (to a minute of time).
 */
final class LunarMonths {

    /** A month, that of a year that begins with Tết. */
    record Month(LocalDate first, int days, int number, boolean leap) {}

    private static final double ZONE = 7 / 24.0;
    private static final double SYNODIC = 29.530588861;
    private static final double J2000 = 2451545.0;

    /** Terrestrial time less universal time, in seconds, every tenth year from 1900 on; the future is an estimate. */
    private static final double[] DELTA_T = {
        -3, 10, 21, 24, 24, 29, 33, 40, 51, 57, 64, 66, 69, 71, 75, 80, 85, 91, 98, 105, 112, 120
    };

    /** Amplitude in days, power of the eccentricity, and the multiples of M, M', F and Ω of its argument. */
    private static final double[][] NEW_MOON = {
        {-0.40720, 0, 0, 1, 0, 0},
        {0.17241, 1, 1, 0, 0, 0},
        {0.01608, 0, 0, 2, 0, 0},
        {0.01039, 0, 0, 0, 2, 0},
        {0.00739, 1, -1, 1, 0, 0},
        {-0.00514, 1, 1, 1, 0, 0},
        {0.00208, 2, 2, 0, 0, 0},
        {-0.00111, 0, 0, 1, -2, 0},
        {-0.00057, 0, 0, 1, 2, 0},
        {0.00056, 1, 1, 2, 0, 0},
        {-0.00042, 0, 0, 3, 0, 0},
        {0.00042, 1, 1, 0, 2, 0},
        {0.00038, 1, 1, 0, -2, 0},
        {-0.00024, 1, -1, 2, 0, 0},
        {-0.00017, 0, 0, 0, 0, 1},
        {-0.00007, 0, 2, 1, 0, 0},
        {0.00004, 0, 0, 2, -2, 0},
        {0.00004, 0, 3, 0, 0, 0},
        {0.00003, 0, 1, 1, -2, 0},
        {0.00003, 0, 0, 2, 2, 0},
        {-0.00003, 0, 1, 1, 2, 0},
        {0.00003, 0, -1, 1, 2, 0},
        {-0.00002, 0, -1, 1, -2, 0},
        {-0.00002, 0, 1, 3, 0, 0},
        {0.00002, 0, 0, 4, 0, 0}
    };

    /** What the planets add: amplitude in days, phase, and its change with each moon, in degrees. */
    private static final double[][] PLANETS = {
        {0.000325, 299.77, 0.107408},
        {0.000165, 251.88, 0.016321},
        {0.000164, 251.83, 26.651886},
        {0.000126, 349.42, 36.412478},
        {0.000110, 84.66, 18.206239},
        {0.000062, 141.74, 53.303771},
        {0.000060, 207.14, 2.453732},
        {0.000056, 154.84, 7.306860},
        {0.000047, 34.52, 27.261239},
        {0.000042, 207.19, 0.121824},
        {0.000040, 291.34, 1.844379},
        {0.000037, 161.72, 24.198154},
        {0.000035, 239.56, 25.513099},
        {0.000023, 331.55, 3.592518}
    };

    /** The Earth's heliocentric longitude, 1e-8 radians: series for each power of the millennia since 2000. */
    private static final double[][][] EARTH = {
        {
            {175347046, 0, 0},
            {3341656, 4.6692568, 6283.0758500},
            {34894, 4.62610, 12566.15170},
            {3497, 2.7441, 5753.3849},
            {3418, 2.8289, 3.5231},
            {3136, 3.6277, 77713.7715},
            {2676, 4.4181, 7860.4194},
            {2343, 6.1352, 3930.2097},
            {1324, 0.7425, 11506.7698},
            {1273, 2.0371, 529.6910},
            {1199, 1.1096, 1577.3435},
            {990, 5.233, 5884.927},
            {902, 2.045, 26.298},
            {857, 3.508, 398.149},
            {780, 1.179, 5223.694},
            {753, 2.533, 5507.553},
            {505, 4.583, 18849.228},
            {492, 4.205, 775.523},
            {357, 2.920, 0.067},
            {317, 5.849, 11790.629},
            {284, 1.899, 796.298},
            {271, 0.315, 10977.079},
            {243, 0.345, 5486.778},
            {206, 4.806, 2544.314},
            {205, 1.869, 5573.143},
            {202, 2.458, 6069.777},
            {156, 0.833, 213.299}
        },
        {
            {628331966747.0, 0, 0},
            {206059, 2.678235, 6283.075850},
            {4303, 2.6351, 12566.1517},
            {425, 1.590, 3.523},
            {119, 5.796, 26.298},
            {109, 2.966, 1577.344}
        },
        {{52919, 0, 0}, {8720, 1.0721, 6283.0758}, {309, 0.867, 12566.152}},
        {{289, 5.844, 6283.076}, {35, 0, 0}}
    };

    private LunarMonths() {}

    /** The months of the lunar year that begins in a year from 1900 on. */
    static List<Month> of(int year) {
        List<Month> both = new ArrayList<>(between(year - 1));
        both.addAll(between(year));
        int first = 0;
        while (both.get(first).number() != 1 || both.get(first).leap()) {
            first++;
        }
        List<Month> months = new ArrayList<>(List.of(both.get(first)));
        for (int i = first + 1; both.get(i).number() != 1 || both.get(i).leap(); i++) {
            months.add(both.get(i));
        }
        return months;
    }

    /** The months from the eleventh of a year on, to the one before the eleventh of the next. */
    private static List<Month> between(int year) {
        int first = eleventh(year);
        int next = eleventh(year + 1);
        List<Month> months = new ArrayList<>();
        boolean isLong = next - first == 13;
        boolean leapSeen = false;
        int number = 11;
        for (int k = first; k < next; k++) {
            boolean leap = isLong && !leapSeen && k > first && sector(day(k)) == sector(day(k + 1));
            if (leap) {
                leapSeen = true;
            } else if (k > first) {
                number = number % 12 + 1;
            }
            LocalDate begin = LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, day(k));
            months.add(new Month(begin, (int) (day(k + 1) - day(k)), number, leap));
        }
        return months;
    }

    /** Which moon the month with the winter solstice of a year begins with. */
    private static int eleventh(int year) {
        long end = LocalDate.of(year, 12, 31).getLong(JulianFields.JULIAN_DAY);
        int k = (int) Math.floor((end - 2451550.1) / SYNODIC) + 1;
        while (day(k) > end) {
            k--;
        }
        // the sun passes 270° within the month: at its first midnight it has not
        while (sector(day(k)) >= 9) {
            k--;
        }
        return k;
    }

    /** In which twelfth of its way the sun is when a day begins. */
    private static int sector(long day) {
        return (int) Math.floor(sun(day - 0.5 - ZONE) / 30);
    }

    /** The Julian day number of the day in Viet Nam on which a moon is new; 0 is that of 6 January 2000. */
    static long day(int k) {
        double universal = newMoon(k);
        return (long) Math.floor(universal + 0.5 + ZONE);
    }

    /** When the moon is new, as a Julian date, universal time. */
    static double newMoon(int k) {
        double t = k / 1236.85;
        double e = 1 - 0.002516 * t - 0.0000074 * t * t;
        double[] arguments = {
            2.5534 + 29.10535670 * k - 0.0000014 * t * t,
            201.5643 + 385.81693528 * k + 0.0107582 * t * t + 0.00001238 * t * t * t,
            160.7108 + 390.67050284 * k - 0.0016118 * t * t - 0.00000227 * t * t * t,
            124.7746 - 1.56375588 * k + 0.0020672 * t * t
        };
        double time = 2451550.09766 + SYNODIC * k + 0.00015437 * t * t - 0.000000150 * t * t * t;
        for (double[] term : NEW_MOON) {
            double angle = 0;
            for (int i = 0; i < 4; i++) {
                angle += term[i + 2] * arguments[i];
            }
            time += term[0] * Math.pow(e, term[1]) * sin(toRadians(angle));
        }
        for (double[] term : PLANETS) {
            double square = term[0] == 0.000325 ? 0.009173 * t * t : 0;
            time += term[0] * sin(toRadians(term[1] + term[2] * k - square));
        }
        return time - deltaT(time) / 86400;
    }

    /** The sun's apparent longitude at a Julian date of universal time, in degrees from 0 to 360. */
    static double sun(double universal) {
        double time = universal + deltaT(universal) / 86400;
        double t = (time - J2000) / 365250;
        double longitude = 0;
        double power = 1;
        for (double[][] series : EARTH) {
            double sum = 0;
            for (double[] term : series) {
                sum += term[0] * cos(term[1] + term[2] * t);
            }
            longitude += sum * power;
            power *= t;
        }
        double century = t * 10;
        double node = toRadians(125.04452 - 1934.136261 * century);
        double mean = toRadians(280.4665 + 36000.7698 * century);
        double nutation = (-17.20 * sin(node) - 1.32 * sin(2 * mean)) / 3600;
        double degrees = Math.toDegrees(longitude / 1e8) + 180 - 0.09033 / 3600 - 20.4898 / 3600 + nutation;
        return degrees - 360 * Math.floor(degrees / 360);
    }

    private static double deltaT(double julian) {
        double decades = (julian - 2415020.5) / 3652.5;
        int i = Math.max(0, Math.min(DELTA_T.length - 2, (int) Math.floor(decades)));
        return DELTA_T[i] + (DELTA_T[i + 1] - DELTA_T[i]) * (decades - i);
    }

    /** A year of the table: see {@code shell/lunar.js}. */
    static String code(int year) {
        List<Month> months = of(year);
        int lengths = 0;
        int leap = 0;
        for (int i = 0; i < 13; i++) {
            boolean isThere = i < months.size();
            lengths = lengths << 1 | (isThere && months.get(i).days() == 30 ? 1 : 0);
            leap = isThere && months.get(i).leap() ? months.get(i).number() : leap;
        }
        int begins = months.get(0).first().getDayOfYear() - 1;
        return "%06x".formatted(floorMod(begins << 17 | leap << 13 | lengths, 1 << 24));
    }
}

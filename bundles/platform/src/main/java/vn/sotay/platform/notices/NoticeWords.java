package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import vn.sotay.platform.module.Words;
import vn.sotay.platform.pdf.Paper;

/** Puts notices into words for the channels that need whole sentences; pages do it themselves. Thread-safe. */
final class NoticeWords {

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    /** In words. */
    record Said(String title, String text) {}

    private final Words words;

    NoticeWords(Words words) {
        this.words = words;
    }

    Said say(Told told, Locale language) {
        Map<String, String> values = new TreeMap<>();
        told.data().forEach((name, value) -> values.put(name, said(value, language)));
        String key = "notice." + told.template();
        return new Said(
                words.say(told.module(), language, key + ".title", values),
                words.say(told.module(), language, key + ".text", values));
    }

    /** Whether the module that has told it runs, so that there are words for it. */
    boolean isKnown(Told told) {
        String key = "notice." + told.template() + ".title";
        return !words.say(told.module(), Paper.LANGUAGE, key, Map.of()).equals(key);
    }

    static String said(String value, Locale language) {
        boolean isVietnamese = language.getLanguage().equals(Paper.LANGUAGE.getLanguage());
        if (INSTANT.matcher(value).matches()) {
            Instant instant = Instant.parse(value.length() == 17 ? value.replace("Z", ":00Z") : value);
            ZonedDateTime time = instant.atZone(Times.ZONE);
            return isVietnamese
                    ? Paper.when(instant)
                    : DateTimeFormatter.ofPattern("HH:mm, ", language).format(time) + day(time.toLocalDate(), language);
        }
        if (DAY.matcher(value).matches()) {
            LocalDate day = LocalDate.parse(value);
            return isVietnamese ? Paper.day(day) : day(day, language);
        }
        return value;
    }

    private static String day(LocalDate day, Locale language) {
        String pattern = language.equals(Locale.KOREAN) ? "yyyy년 M월 d일" : "d MMMM yyyy";
        return DateTimeFormatter.ofPattern(pattern, language).format(day);
    }
}

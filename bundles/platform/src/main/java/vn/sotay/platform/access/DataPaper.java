package vn.sotay.platform.access;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import vn.sotay.api.member.PersonalData.Part;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.Words;
import vn.sotay.platform.pdf.FlowingPages;
import vn.sotay.platform.pdf.FlowingPages.Size;
import vn.sotay.platform.pdf.PageWords;
import vn.sotay.platform.pdf.Paper;

/** What is kept about a member, on paper; in the words of the page <em>My data</em>. Thread-safe. */
final class DataPaper {

    private static final String SHELL = "shell";

    /** What has more columns is no table any more: then each record stands by itself. */
    private static final int MOST_COLUMNS = 5;

    /** Values whose words stand under another name than {@code data.value}. */
    private static final Set<String> NAMED = Set.of("role", "status", "gender", "reason");

    private final Words words;
    private final Units units;

    DataPaper(Words words, Units units) {
        this.words = words;
        this.units = units;
    }

    /**
     * @param name of the member
     * @return the PDF
     */
    byte[] of(String name, Instant now, List<Part> parts) {
        return FlowingPages.write(Size.A4, PageWords.say("data.title"), name + " · " + Paper.when(now), pages -> {
            pages.text(name + "\n" + PageWords.say("data.paper-lead").replace("{time}", Paper.when(now)));
            parts.forEach(part -> write(pages, part));
        });
    }

    private void write(FlowingPages pages, Part part) {
        String module = part.what().substring(0, part.what().indexOf('.'));
        pages.heading(word(module, "data." + part.what().substring(module.length() + 1), part.what()));
        Set<String> fields = new LinkedHashSet<>();
        part.records().forEach(record -> fields.addAll(record.keySet()));
        if (part.records().size() > 1 && fields.size() <= MOST_COLUMNS) {
            pages.table(
                    fields.stream().map(field -> label(module, field)).toList(),
                    part.records().stream()
                            .map(record -> fields.stream()
                                    .map(field ->
                                            record.containsKey(field) ? shown(module, field, record.get(field)) : "")
                                    .toList())
                            .toList());
            return;
        }
        for (Map<String, Object> record : part.records()) {
            List<Map.Entry<String, String>> facts = new ArrayList<>();
            record.forEach((field, value) -> {
                if (!value.toString().isBlank()) {
                    facts.add(Map.entry(label(module, field), shown(module, field, value)));
                }
            });
            pages.facts(facts);
        }
    }

    private String label(String module, String field) {
        return word(module, "data.field." + field, field);
    }

    /** Words of a module if it has them, of the pages if those have; else what is given. */
    private String word(String module, String key, String otherwise) {
        String said = module.equals(SHELL) ? key : words.say(module, Paper.LANGUAGE, key, Map.of());
        if (!said.equals(key)) {
            return said;
        }
        String page = PageWords.find(key);
        return page == null ? otherwise : page;
    }

    private String shown(String module, String field, Object value) {
        if (value instanceof Boolean yes) {
            return PageWords.say(yes ? "data.yes" : "data.no");
        }
        if (value instanceof Instant instant) {
            return Paper.when(instant);
        }
        String text = value.toString();
        if (value instanceof LocalDate || text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return day(text);
        }
        return switch (field) {
            case "cell", "unit" -> unit(text);
            case "correction" -> word(SHELL, "correction.field." + text, text);
            case "consent" -> consent(text);
            case "state" -> word(SHELL, "correction.state." + text, word(module, "data.value." + text, text));
            default -> word(module, (NAMED.contains(field) ? field : "data.value") + '.' + text, text);
        };
    }

    private static String day(String text) {
        try {
            return Paper.day(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private String unit(String id) {
        return units.find(UUID.fromString(id)).map(Unit::name).orElseGet(() -> PageWords.say("data.unit-closed"));
    }

    private String consent(String id) {
        String module = id.substring(0, id.indexOf('.'));
        return word(
                module.equals(Module.PLATFORM) ? SHELL : module, "consent." + id.substring(module.length() + 1), id);
    }
}

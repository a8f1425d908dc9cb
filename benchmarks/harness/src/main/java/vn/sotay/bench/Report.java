package vn.sotay.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of one part: a row for each comparison, the goal beside it. Not thread-safe. */
final class Report {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * A comparison, or a figure that stands for itself.
     *
     * @param peer null if it stands for itself
     * @param goal of the ratio, or of the figure; null if it is only told
     */
    private record Row(
            String what,
            String unit,
            Samples ours,
            @Nullable String peer,
            @Nullable Samples theirs,
            @Nullable Goal goal) {

        Samples judged() {
            return theirs == null ? ours : ours.over(theirs);
        }

        String verdict() {
            return goal == null ? "" : goal.isMet(judged().median()) ? "yes" : "**no**";
        }
    }

    private final String name;
    private final String title;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** Sotay's figure over another's, each round for itself. */
    void ratio(String what, String unit, Samples ours, String peer, Samples theirs, @Nullable Goal goal) {
        if (!ours.isEmpty() && !theirs.isEmpty()) {
            rows.add(new Row(what, unit, ours, peer, theirs, goal));
        }
    }

    /** A figure for itself. */
    void figure(String what, String unit, Samples ours, @Nullable Goal goal) {
        if (!ours.isEmpty()) {
            rows.add(new Row(what, unit, ours, null, null, goal));
        }
    }

    /** A sentence below the table. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** The table as Markdown. */
    String markdown(Machine machine) {
        StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
        text.append(machine.line()).append("\n\n");
        text.append("| what | Sotay | beside it | ratio (min–max) | goal | met |\n|---|---|---|---|---|---|\n");
        for (Row row : rows) {
            text.append("| ").append(row.what()).append(" | ").append(spread(row.ours(), row.unit()));
            if (row.theirs() == null) {
                text.append(" | | ");
            } else {
                Samples ratio = row.judged();
                text.append(" | ").append(row.peer()).append(": ").append(spread(row.theirs(), row.unit()));
                text.append(String.format(
                        Locale.ROOT, " | **%.2f** (%.2f–%.2f)", ratio.median(), ratio.min(), ratio.max()));
            }
            text.append(" | ").append(row.goal() == null ? "" : row.goal());
            text.append(" | ").append(row.verdict()).append(" |\n");
        }
        notes.forEach(note -> text.append("\n- ").append(note));
        return text.append(notes.isEmpty() ? "" : "\n").toString();
    }

    private static String spread(Samples samples, String unit) {
        if (unit.isEmpty() && samples.max() < 1) {
            return String.format(Locale.ROOT, "%.3f", samples.median());
        }
        String middle = number(samples.median()) + ' ' + unit;
        return samples.values().size() < 2
                ? middle
                : middle + " (" + number(samples.min()) + "–" + number(samples.max()) + ')';
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT,
                value != 0 && Math.abs(value) < 10 ? value == Math.rint(value) ? "%.0f" : "%.2f" : "%,.0f",
                value);
    }

    /** Whether each goal is met. */
    boolean isMet() {
        return rows.stream().noneMatch(row -> row.verdict().equals("**no**"));
    }

    /** Writes {@code <name>.md} and {@code <name>.json}. */
    void write(Path folder, Machine machine) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown(machine));
        ObjectNode whole = JSON.createObjectNode();
        whole.put("name", name);
        whole.put("title", title);
        whole.put("machine", machine.line());
        ArrayNode all = whole.putArray("rows");
        for (Row row : rows) {
            ObjectNode one = all.addObject();
            one.put("what", row.what()).put("unit", row.unit());
            row.ours().values().forEach(one.putArray("sotay")::add);
            if (row.theirs() != null) {
                one.put("peer", row.peer());
                row.theirs().values().forEach(one.putArray("beside")::add);
                one.put("ratio", row.judged().median());
            }
            if (row.goal() != null) {
                one.put("goal", row.goal().toString());
                one.put("met", row.goal().isMet(row.judged().median()));
            }
        }
        notes.forEach(whole.putArray("notes")::add);
        Files.writeString(
                folder.resolve(name + ".json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + '\n');
    }
}

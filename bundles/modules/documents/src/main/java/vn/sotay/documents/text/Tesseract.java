package vn.sotay.documents.text;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program that recognises letters in pictures, if it is on the machine with what it has learnt of Vietnamese: Debian's packages
 * {@code tesseract-ocr} and {@code tesseract-ocr-vie}. It is run as a child for one page at a time, after all others, on one core, in a folder of
 * its own, with bounds of time and memory. Immutable.
 */
public final class Tesseract {

    private static final String LANGUAGE = "vie";
    private static final int SECONDS_A_PAGE = 120;
    private static final int MOST_BYTES = 8 << 20;

    /** Kilobytes of memory, seconds of a core, blocks of what it writes. */
    private static final String BOUNDED = "ulimit -v 1500000; ulimit -t 100; ulimit -f 16384; exec \"$0\" \"$@\"";

    private final Path program;

    private Tesseract(Path program) {
        this.program = program;
    }

    /** Empty if the machine has none, or none that knows Vietnamese. */
    public static Optional<Tesseract> find() {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "tesseract"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tesseract::new)
                .filter(Tesseract::knowsVietnamese);
    }

    private boolean knowsVietnamese() {
        try {
            Path folder = Files.createTempDirectory("sotay-scan-");
            try {
                return run(folder, null, List.of("--list-langs")).lines().anyMatch(LANGUAGE::equals);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The lines of a page, from top to bottom.
     *
     * @param folder the child's own
     * @param picture a portable grey map in it
     * @param dots per inch
     * @throws IOException if it did not come to an end within its bounds
     */
    public List<Line> lines(Path folder, Path picture, int dots) throws IOException {
        return lines(
                run(
                        folder,
                        picture,
                        List.of(
                                "stdin",
                                "stdout",
                                "-l",
                                LANGUAGE,
                                "--dpi",
                                String.valueOf(dots),
                                "-c",
                                "tessedit_create_tsv=1")),
                dots);
    }

    private String run(Path folder, @Nullable Path input, List<String> arguments) throws IOException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of("nice", "-n", "15", "sh", "-c", BOUNDED, program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input == null ? Redirect.from(new File("/dev/null")) : Redirect.from(input.toFile()))
                .redirectOutput(output.toFile())
                .redirectError(Redirect.DISCARD);
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "" : path);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        Process child = builder.start();
        try {
            if (!child.waitFor(SECONDS_A_PAGE, TimeUnit.SECONDS) || child.exitValue() != 0) {
                throw new IOException("tesseract did not come to an end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            child.destroyForcibly();
        }
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Lines of its table of words: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
    static List<Line> lines(String table, int dots) {
        List<Line> lines = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        String open = "";
        float left = 0;
        float right = 0;
        float bottom = 0;
        float point = 72f / dots;
        for (String row : (table + "\n5\t\t\t\t\t\t0\t0\t0\t0\t0\tend").split("\n")) {
            String[] cells = row.split("\t", -1);
            if (cells.length < 12 || !cells[0].equals("5")) {
                continue;
            }
            String line = String.join(" ", cells[1], cells[2], cells[3], cells[4]);
            if (!line.equals(open)) {
                String text = Markdown.clean(words.toString());
                if (!text.isEmpty()) {
                    lines.add(new Line(text, left, right, bottom));
                }
                words.setLength(0);
                open = line;
                left = Float.MAX_VALUE;
                right = 0;
                bottom = 0;
            }
            float from = Integer.parseInt(cells[6]) * point;
            left = Math.min(left, from);
            right = Math.max(right, from + Integer.parseInt(cells[8]) * point);
            bottom = Math.max(bottom, (Integer.parseInt(cells[7]) + Integer.parseInt(cells[9])) * point);
            words.append(' ').append(cells[11]);
        }
        return lines;
    }

    /** Deletes a folder of a child, with what is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}

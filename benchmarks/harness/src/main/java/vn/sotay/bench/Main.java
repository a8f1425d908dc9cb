package vn.sotay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry of {@code ./bench}: measures the parts that are named, prints a table of each and writes it to {@code docs/bench}. Exit code
 * 0 when all was measured, whether or not the goals are met; 1 when something must be put right first.
 */
public final class Main {

    private static final List<Part> PARTS =
            List.of(new Startup(), new Deploy(), new Http(), new Sync(), new StoreWrites(), new Growth(), new Pages());

    /** Take most of an hour each. */
    private static final List<Part> ALONE = List.of(new DuesYear(false), new DuesYear(true));

    private Main() {}

    /** Takes the root of the checkout, {@code --quick} and names of parts; after {@code search} the folder of what is searched. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        List<String> wanted = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        boolean quick = wanted.remove("--quick");
        List<Part> parts = new ArrayList<>(PARTS);
        ALONE.stream().filter(part -> wanted.contains(part.name())).forEach(parts::add);
        int search = wanted.indexOf(Retrieval.NAME);
        if (search >= 0 && search + 1 < wanted.size()) {
            parts.add(new Retrieval(Path.of(wanted.remove(search + 1))));
        }
        List<String> names = parts.stream().map(Part::name).toList();
        if (wanted.isEmpty() || wanted.stream().anyMatch(name -> !name.equals("all") && !names.contains(name))) {
            System.err.println("usage: ./bench [--quick] " + String.join("|", names) + "|all|dues|dues-derby|search DIR");
            System.exit(1);
        }
        try {
            for (Part part : parts) {
                if (wanted.contains("all") || wanted.contains(part.name())) {
                    measure(part, new Run(root, part.name(), quick));
                }
            }
        } catch (BenchException e) {
            System.err.println("The bench cannot go on: " + e.getMessage());
            System.exit(1);
        }
        // what is left of threads must not keep it
        System.exit(0);
    }

    private static void measure(Part part, Run run) throws IOException {
        System.err.println(part.title());
        long start = System.nanoTime();
        Report report = new Report(part.name(), part.title());
        Machine machine = Machine.look(run.work());
        part.measure(run, report);
        report.note("`./bench " + (run.quick() ? "--quick " : "") + part.name() + "` took "
                + (System.nanoTime() - start) / 1_000_000_000L + " s"
                + (run.quick() ? ": one short round, to see that it runs. Its figures mean nothing." : "."));
        System.out.println(report.markdown(machine));
        if (!run.quick()) {
            report.write(run.root().resolve("docs/bench"), machine);
        }
        run.clear();
    }
}

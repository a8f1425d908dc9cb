package vn.sotay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.sotay.bench.SotayProcess.Home;

/**
 * Phones of members of a province, each with a session of its own and a token of the change feed of its own. The sessions were written into the
 * database, all else goes over HTTP.
 */
final class Phones {

    private static final Pattern LINE = Pattern.compile("(?m)^(bench-\\S+) (\\S+) (true|false)$");
    private static final String TOKEN = "\"token\":\"";
    private static final int AT_ONCE = 8;

    /** Somebody's phone; {@code leads} who is the secretary of the cell. */
    record Phone(String token, String cell, boolean leads) {}

    private final List<Phone> all = new ArrayList<>();
    private final String[] since;
    /** By cell, where opinions on its meeting are written. */
    private final Map<String, String> opinions = new HashMap<>();

    private Phones(String lines) {
        Matcher line = LINE.matcher(lines);
        while (line.find()) {
            all.add(new Phone(line.group(1), line.group(2), Boolean.parseBoolean(line.group(3))));
        }
        since = new String[all.size()];
    }

    /** Writes sessions of so many members into a database that nobody has open, and makes some of them secretaries. */
    static Phones install(Run run, Home home, int count, int leaders) {
        List<String> command = run.javaProgram(
                "bare",
                "vn.sotay.bench.bare.BarePhones",
                "jdbc:derby:" + home.derby(),
                Integer.toString(count),
                Integer.toString(leaders));
        try (Child child =
                Child.start("phones", run.work().resolve("phones.log"), StoreWrites.environment(run), command)) {
            Phones phones = new Phones(child.output(Duration.ofMinutes(3)));
            if (phones.size() == 0) {
                throw new BenchException("no phone was signed in");
            }
            return phones;
        }
    }

    int size() {
        return all.size();
    }

    String token(int phone) {
        return all.get(phone).token();
    }

    /** Where a phone stands. */
    String since(int phone) {
        return since[phone];
    }

    /** A line for each: token of its session, and where it stands. */
    Path file(Run run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            lines.add(token(i) + ' ' + since[i]);
        }
        return Files.write(run.work().resolve("phones"), lines);
    }

    /** Each secretary plans a meeting and tells the cell. */
    void plan(SotayProcess sotay) throws IOException {
        String day = Instant.now()
                .plus(Duration.ofDays(40))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        try (Wire wire = new Wire(sotay.port())) {
            for (Phone phone : all) {
                if (phone.leads()) {
                    String meeting = "/api/meetings/" + UUID.randomUUID();
                    String item = UUID.randomUUID().toString();
                    wire.send(
                                    "PUT",
                                    meeting,
                                    phone.token(),
                                    "{\"cell\":\"" + phone.cell() + "\",\"kind\":\"ORDINARY\",\"startsAt\":\"" + day
                                            + "\",\"place\":\"Nhà văn hóa thôn\",\"title\":\"Sinh hoạt tháng tới\","
                                            + "\"items\":[{\"id\":\"" + item + "\",\"title\":\"Nhiệm vụ tháng tới\"}]}")
                            .expect(201);
                    wire.send("POST", meeting + "/notify", phone.token(), null).expect(200);
                    opinions.put(phone.cell(), meeting + "/items/" + item + "/opinions/");
                }
            }
        }
    }

    /** Each reads all that its member may know, some at once; returns how many a second have. */
    double readAll(SotayProcess sotay) {
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(CompletableFuture.runAsync(() -> read(sotay, next), threads));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        return size() * 1e9 / (System.nanoTime() - began);
    }

    private void read(SotayProcess sotay, AtomicInteger next) {
        try (Wire wire = new Wire(sotay.port())) {
            for (int i = next.getAndIncrement(); i < size(); i = next.getAndIncrement()) {
                String token = "";
                for (boolean complete = false; !complete; ) {
                    String page = wire.get("/api/changes" + (token.isEmpty() ? "" : "?since=" + token), token(i))
                            .expect(200)
                            .text();
                    token = tokenOf(page);
                    complete = page.startsWith("\"complete\":true", page.indexOf(token) + token.length() + 2);
                }
                since[i] = token;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The token of a page of the feed, which begins with it. */
    static String tokenOf(String page) {
        int begin = page.indexOf(TOKEN) + TOKEN.length();
        return page.substring(begin, page.indexOf('"', begin));
    }

    /** Lets so many members a minute write an opinion, each once, until it is closed. */
    Writing write(SotayProcess sotay, int perMinute) {
        return new Writing(sotay.port(), perMinute);
    }

    /** Members who write. */
    final class Writing implements AutoCloseable {

        private final int port;
        private final long betweenNanos;
        private final CompletableFuture<Void> end;
        private volatile boolean done;
        private volatile int written;

        private Writing(int port, int perMinute) {
            this.port = port;
            this.betweenNanos = 60_000_000_000L / perMinute;
            this.end = CompletableFuture.runAsync(this::write, task -> {
                Thread thread = new Thread(task, "writing");
                thread.setDaemon(true);
                thread.start();
            });
        }

        private void write() {
            long due = System.nanoTime();
            try (Wire wire = new Wire(port)) {
                for (Phone phone : all) {
                    String path = phone.leads() ? null : opinions.get(phone.cell());
                    if (path == null) {
                        continue;
                    }
                    for (long early = due - System.nanoTime(); early > 0 && !done; early = due - System.nanoTime()) {
                        LockSupport.parkNanos(early);
                    }
                    if (done) {
                        return;
                    }
                    wire.send(
                                    "PUT",
                                    path + UUID.randomUUID(),
                                    phone.token(),
                                    "{\"stance\":\"OTHER\",\"text\":\"Đề nghị nêu rõ ai làm, bao giờ xong.\"}")
                            .expect(201);
                    written++;
                    due += betweenNanos;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** How many have so far. */
        int written() {
            return written;
        }

        @Override
        public void close() {
            done = true;
            end.join();
        }
    }
}

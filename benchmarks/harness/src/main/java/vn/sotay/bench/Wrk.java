package vn.sotay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The load generator: one thread, sixteen connections, each asks again as soon as it is answered. */
final class Wrk {

    static final int CONNECTIONS = 16;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /** What came out: requests a second, the 99th percentile in milliseconds, requests that failed. */
    record Result(double rate, double p99, long failed) {

        /** The rate, if all were answered well. */
        double clean(String what) {
            if (failed > 0) {
                throw new BenchException(what + ": " + failed + " requests failed, so there is no rate");
            }
            return rate;
        }
    }

    /**
     * What is asked.
     *
     * @param headers in the form {@code name: value}
     * @param requests a file of lines {@code method path [body]} to be asked in turn instead of {@code path}; null for none
     */
    record Load(
            int port,
            String path,
            List<String> headers,
            @Nullable Path requests) {

        static Load of(int port, String path, String... headers) {
            return new Load(port, path, List.of(headers), null);
        }

        /** As somebody who is signed in. */
        static Load as(String token, int port, String path, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add(0, "Authorization: Bearer " + token);
            return new Load(port, path, all, null);
        }

        /** The same with other requests in turn. */
        Load each(Path file) {
            return new Load(port, path, headers, file);
        }
    }

    private final Path work;

    Wrk(Path work) {
        this.work = work;
        try {
            Files.writeString(work.resolve("each.lua"), """
                    local requests, at = {}, 0
                    function init(arguments)
                      for line in io.lines(arguments[1]) do
                        local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
                        if body == "" then body = nil end
                        requests[#requests + 1] = wrk.format(method, path, nil, body)
                      end
                    end
                    function request()
                      at = at % #requests + 1
                      return requests[at]
                    end
                    """);
        } catch (IOException e) {
            throw new BenchException("no script for wrk: " + e.getMessage(), e);
        }
    }

    /** Loads for so many seconds. */
    Result run(Load load, int seconds) {
        return run(load, seconds, CONNECTIONS);
    }

    Result run(Load load, int seconds, int connections) {
        List<String> command = new ArrayList<>(
                List.of("wrk", "--latency", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "20s"));
        load.headers().forEach(header -> command.addAll(List.of("-H", header)));
        if (load.requests() != null) {
            command.addAll(List.of("-s", work.resolve("each.lua").toString()));
        }
        command.add("http://127.0.0.1:" + load.port() + load.path());
        if (load.requests() != null) {
            command.addAll(List.of("--", load.requests().toString()));
        }
        try (Child wrk = Child.start("wrk", work.resolve("wrk.log"), Map.of(), command)) {
            return parse(wrk.output(Duration.ofSeconds(seconds + 30L)));
        }
    }

    private static Result parse(String printed) {
        long failed = 0;
        Matcher status = FAILED.matcher(printed);
        if (status.find()) {
            failed += Long.parseLong(status.group(1));
        }
        Matcher broken = BROKEN.matcher(printed);
        if (broken.find()) {
            for (int i = 1; i <= 4; i++) {
                failed += Long.parseLong(broken.group(i));
            }
        }
        Matcher p99 = P99.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || !p99.find()) {
            throw new BenchException("wrk said nothing that is understood: " + printed);
        }
        double scale =
                switch (p99.group(2)) {
                    case "us" -> 0.001;
                    case "ms" -> 1;
                    default -> 1000;
                };
        return new Result(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * scale, failed);
    }
}

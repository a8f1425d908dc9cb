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

    private static final int WARM_SLICES = 40;
    private static final int SLICES_WITHOUT_GAIN = 4;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /** What came out: requests, and how many a second and how many failed. */
    record Result(long requests, double rate, long failed) {

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
     * @param phones a file of lines {@code token since}: who asks {@code path} in turn, each from where it stands; null for none
     */
    record Load(
            int port,
            String path,
            List<String> headers,
            @Nullable Path requests,
            @Nullable Path phones) {

        static Load of(int port, String path, String... headers) {
            return new Load(port, path, List.of(headers), null, null);
        }

        /** As somebody who is signed in. */
        static Load as(String token, int port, String path, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add(0, "Authorization: Bearer " + token);
            return new Load(port, path, all, null, null);
        }

        /** The same with other requests in turn. */
        Load each(Path file) {
            return new Load(port, path, headers, file, null);
        }

        /** As each of these phones in turn. */
        static Load phones(int port, String path, Path file) {
            return new Load(port, path, List.of(), null, file);
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
            Files.writeString(work.resolve("phones.lua"), """
                    local requests, at = {}, 0
                    function init(arguments)
                      for line in io.lines(arguments[1]) do
                        local token, since = line:match("^(%S+) (%S+)$")
                        requests[#requests + 1] = wrk.format("GET", arguments[2] .. "?since=" .. since,
                          {["Authorization"] = "Bearer " .. token})
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
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "20s"));
        load.headers().forEach(header -> command.addAll(List.of("-H", header)));
        if (load.requests() != null) {
            command.addAll(List.of("-s", work.resolve("each.lua").toString()));
        }
        if (load.phones() != null) {
            command.addAll(List.of("-s", work.resolve("phones.lua").toString()));
        }
        command.add("http://127.0.0.1:" + load.port() + load.path());
        if (load.requests() != null) {
            command.addAll(List.of("--", load.requests().toString()));
        }
        if (load.phones() != null) {
            command.addAll(List.of("--", load.phones().toString(), load.path()));
        }
        try (Child wrk = Child.start("wrk", work.resolve("wrk.log"), Map.of(), command)) {
            return parse(wrk.output(Duration.ofSeconds(seconds + 30L)));
        }
    }

    /**
     * Loads until a request takes the server no less time of the processor than before, four times: its hot code is compiled then, in
     * whatever steps. On a slow machine a write takes a minute for that.
     */
    void warm(Run run, Load load, Child server) {
        double least = Double.MAX_VALUE;
        int idle = 0;
        for (int slice = 0; slice < run.rounds(WARM_SLICES) && idle < SLICES_WITHOUT_GAIN; slice++) {
            double before = server.cpuMicros();
            Result result = run(load, run.seconds(3));
            double micros = (server.cpuMicros() - before) / Math.max(1, result.requests());
            idle = micros > 0.95 * least ? idle + 1 : 0;
            least = Math.min(least, micros);
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
        Matcher requests = REQUESTS.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        if (!requests.find() || !rate.find()) {
            throw new BenchException("wrk said nothing that is understood: " + printed);
        }
        return new Result(Long.parseLong(requests.group(1)), Double.parseDouble(rate.group(1)), failed);
    }
}

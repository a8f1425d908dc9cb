package vn.sotay.tests.roster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;

/** The import of a roster, as an office drives it over HTTP. */
final class Import {

    private static final Set<String> WORKING = Set.of("RUNNING", "APPLYING", "UNDOING");

    private final Client office;
    private final String path;

    private Import(Client office, String id) {
        this.office = office;
        this.path = "/api/jobs/" + id;
    }

    /** Sends a file for a unit, named by its code. */
    static Import begin(Client office, String fileName, byte[] file, String unit) {
        Response begun = office.postForm("/api/members/import", fileName, file, Map.of("unit", unit))
                .expect(202);
        return new Import(office, begun.json().path("id").asText());
    }

    /** The job as it stands. */
    JsonNode job() {
        return office.get(path).expect(200).json();
    }

    /** Waits until the job is in a state; the progress it showed on the way, percents that only grow, is asserted. */
    JsonNode await(String state, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        int progress = 0;
        String before = "";
        while (true) {
            JsonNode job = job();
            String now = job.path("state").asText();
            if (now.equals(state)) {
                return job;
            }
            if (!WORKING.contains(now) || System.nanoTime() > end) {
                throw new AssertionError("the import was to become " + state + " within " + limit + ": " + job);
            }
            if (now.equals(before) && job.path("progress").asInt() < progress) {
                throw new AssertionError("the progress fell from " + progress + ": " + job);
            }
            before = now;
            progress = job.path("progress").asInt();
            pause();
        }
    }

    /** Waits until this much of the work under way is done. */
    void awaitProgress(int percent, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (job().path("progress").asInt() < percent) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the import was to be at " + percent + " % within " + limit + ": " + job());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Says that the columns hold what their heads seem to say. */
    void confirm() {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (JsonNode column : job().path("columns")) {
            if (column.path("field").isTextual()) {
                columns.add(Map.of(
                        "column",
                        column.path("column").asInt(),
                        "field",
                        column.path("field").asText()));
            }
        }
        office.post(path + "/confirm", Map.of("columns", columns)).expect(200);
    }

    void apply() {
        act("apply");
    }

    void undo() {
        act("undo");
    }

    void cancel() {
        act("cancel");
    }

    private void act(String action) {
        Response reply = office.post(path + '/' + action);
        if (reply.status() != 200 && reply.status() != 202) {
            throw new AssertionError("expected to " + action + ": " + reply);
        }
    }
}

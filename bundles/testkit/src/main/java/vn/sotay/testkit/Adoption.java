package vn.sotay.testkit;

import com.fasterxml.jackson.databind.JsonNode;

/** Who uses the handbook, as the page of that name asks it. */
public final class Adoption {

    /**
     * How many of those who were asked to read something have read it.
     *
     * @param read how often something was read
     * @param asked how often somebody was asked to
     */
    public record Read(int read, int asked) {}

    private Adoption() {}

    /** What a cell has read of a module's things, now; nothing of nothing if the module was not asked. */
    public static Read now(Client leader, String module, String cell) {
        JsonNode units = leader.get("/api/notices/adoption/weeks?unit=" + cell)
                .expect(200)
                .json();
        for (JsonNode one : units.path("items")) {
            if (one.path("of").asText().equals(module)) {
                return new Read(
                        one.at("/points/0/part").asInt(),
                        one.at("/points/0/whole").asInt());
            }
        }
        return new Read(0, 0);
    }
}

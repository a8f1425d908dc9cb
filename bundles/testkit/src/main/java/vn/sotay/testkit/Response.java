package vn.sotay.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What was answered to a request, and to which. */
public record Response(String request, int status, HttpHeaders headers, byte[] body) {

    /**
     * Passes if this is the status.
     *
     * @throws AssertionError that shows request and answer, if it is not
     */
    public Response expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + ": " + this);
        }
        return this;
    }

    /** The body as JSON; a missing node if there is none. */
    public JsonNode json() {
        try {
            return Client.JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    /** The fields at fault that a problem names, each with the rule it breaks: {@code name too-long}. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        json().path("errors")
                .forEach(error -> errors.add(
                        error.path("field").asText() + ' ' + error.path("rule").asText()));
        return errors;
    }

    /** The word by which a problem is known: {@code unit.move}. */
    public String problem() {
        return json().path("type").asText().replace("urn:sotay:problem:", "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The first value of a header, or an empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        String text = text();
        return request + " → " + status + ' ' + (text.length() > 2000 ? text.substring(0, 2000) + '…' : text);
    }
}

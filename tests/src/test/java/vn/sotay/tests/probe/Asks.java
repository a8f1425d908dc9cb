package vn.sotay.tests.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/**
 * What the access matrix asks of each operation: of something that the cell of Hải Ninh has, so that whoever may do it succeeds. For a
 * new operation add a line to {@link #fill}; one without variables and body needs none. What is asked for is made when it is first needed,
 * and made anew after a write has succeeded, so that nobody finds it used up. Not thread-safe.
 */
final class Asks {

    private static final String CELL_CODE = "38.168.053.000.001";
    private static final String NO_FILE = "0".repeat(64);
    private static final String PASSWORD_OF_NOBODY = "khong-phai-mat-khau";

    /** A request, made for one caller. */
    private interface Ask {
        Response send(Client caller);
    }

    private final Sotay sotay;
    private final Map<String, Ask> asks = new TreeMap<>();
    private final Map<String, Runnable> afterwards = new HashMap<>();
    private final Map<String, String> things = new HashMap<>();
    private final String cell;
    private final String commune;
    private final String member;
    private int codes = 900;

    Asks(Sotay sotay) {
        this.sotay = sotay;
        this.cell = secretary().get("/api/me").json().at("/member/cell/id").asText();
        this.member = sotay.as("member").get("/api/me").json().at("/member/id").asText();
        this.commune =
                as("officer2").get("/api/me").json().at("/mandates/0/unit").asText();
        fill();
    }

    private void fill() {
        // files, docs, changes
        get("/api/docs/{file}", () -> "/api/docs/docs.js");
        get("/api/files/{sha256}", () -> "/api/files/" + thing("file", this::makeFile));
        ask("PUT /api/files/{sha256}", who -> {
            byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
            return who.send("PUT", "/api/files/" + Client.sha256(content), "application/octet-stream", content);
        });

        // sessions
        ask("POST /api/session", who -> who.post("/api/session", Map.of("login", "admin", "password", Sotay.PASSWORD)));
        put(
                "/api/me/password",
                () -> "/api/me/password",
                () -> Map.of("current", PASSWORD_OF_NOBODY, "password", "biển động tháng mười"));

        // login cards, devices, and where one is signed in
        post(
                "/api/session/card",
                () -> "/api/session/card",
                () -> Map.of("code", thing("code", () -> makeCard("code"))));
        put(
                "/api/session/card",
                () -> "/api/session/card",
                () -> Map.of("code", thing("code", () -> makeCard("code")), "password", "730291"));
        get("/api/cards", () -> "/api/cards?unit=" + cell);
        post("/api/cards", () -> "/api/cards", () -> Map.of("members", List.of(thing("person", this::makeMember))));
        ask("DELETE /api/cards/{card}", who -> who.delete("/api/cards/" + thing("card", () -> makeCard("id"))));
        ask(
                "DELETE /api/me/sessions/{session}",
                who -> who.delete("/api/me/sessions/" + thing("session", this::makeSession)));
        get("/api/members/{id}/sessions", () -> "/api/members/" + member + "/sessions");
        ask(
                "DELETE /api/members/{id}/sessions/{session}",
                who -> who.delete("/api/members/" + member + "/sessions/" + thing("session", this::makeSession)));

        // mandates
        get("/api/mandates", () -> "/api/mandates?unit=" + cell);
        put(
                "/api/mandates/{id}",
                () -> "/api/mandates/" + UUID.randomUUID(),
                () -> Map.of("unit", cell, "role", "HELPER", "member", thing("person", this::makeMember)));
        ask("DELETE /api/mandates/{id}", who -> who.delete("/api/mandates/" + thing("mandate", this::makeMandate)));

        // emergency access
        ask("PUT /api/access/emergencies/{id}", who -> takeEmergency(who, UUID.randomUUID()));
        ask(
                "PUT /api/access/emergencies/{id}/seen",
                who -> who.send("PUT", "/api/access/emergencies/" + thing("emergency", this::makeEmergency) + "/seen"));

        // corrections and consents
        put(
                "/api/me/corrections/{id}",
                () -> "/api/me/corrections/" + UUID.randomUUID(),
                () -> Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"));
        ask(
                "PUT /api/me/corrections/{id}/withdrawal",
                who -> who.send(
                        "PUT", "/api/me/corrections/" + thing("correction", this::makeCorrection) + "/withdrawal"));
        get("/api/members/{member}/corrections/{id}", this::correction);
        get("/api/members/{member}/corrections", () -> "/api/members/" + member + "/corrections");
        put(
                "/api/members/{member}/corrections/{id}",
                () -> "/api/members/" + member + "/corrections/" + UUID.randomUUID(),
                () -> Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"));
        get("/api/members/{member}/corrections/{id}/slip", () -> thing("written", this::writeCorrection) + "/slip");
        ask(
                "PUT /api/members/{member}/corrections/{id}/withdrawal",
                who -> who.send("PUT", thing("written", this::writeCorrection) + "/withdrawal"));
        for (String way : List.of("acknowledgement", "passing")) {
            ask("PUT /api/members/{member}/corrections/{id}/" + way, who -> who.send("PUT", correction() + '/' + way));
        }
        put(
                "/api/members/{member}/corrections/{id}/decision",
                () -> correction() + "/decision",
                () -> Map.of("done", true));
        put(
                "/api/me/notices/preference",
                () -> "/api/me/notices/preference",
                () -> Map.of("channels", List.of("SMS"), "daily", false));
        put(
                "/api/me/push",
                () -> "/api/me/push",
                () -> Map.of(
                        "endpoint",
                        "https://fcm.googleapis.com/fcm/send/nobody",
                        "p256dh",
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                        "auth",
                        "BTBZMqHH6r4Tts7J_aSIgg"));
        get("/api/notices/calls", () -> "/api/notices/calls?unit=" + cell);
        get("/api/notices/never", () -> "/api/notices/never?unit=" + cell);
        get("/api/notices/adoption/weeks", () -> "/api/notices/adoption/weeks?unit=" + cell);
        get("/api/notices/adoption", () -> "/api/notices/adoption?unit=" + cell);
        get(
                "/api/notices/sent",
                () -> "/api/notices/sent?about=meeting:" + thing("toldMeeting", this::makeToldMeeting));
        get(
                "/api/notices/{id}/reached",
                () -> "/api/notices/" + thing("notice", this::makeNotice) + "/reached?unit=" + cell);
        ask(
                "DELETE /api/notices/{id}/deliveries",
                who -> who.delete("/api/notices/" + thing("notice", this::makeNotice) + "/deliveries"));
        put("/api/notices/{id}/calls/{member}", () -> thing("call", this::makeCall), () -> Map.of("on", "2026-01-02"));
        post(
                "/api/meetings/{id}/reminders",
                () -> "/api/meetings/" + thing("toldMeeting", this::makeToldMeeting) + "/reminders",
                () -> Map.of("whom", "UNREAD"));
        put(
                "/api/notices/seen",
                () -> "/api/notices/seen",
                () -> Map.of("until", Instant.now().toString()));
        put(
                "/api/me/consents/{consent}",
                () -> "/api/me/consents/platform.phone-in-cell",
                () -> Map.of("version", 1, "given", true));

        // deletion: of an active member it is refused
        get("/api/members/{member}/erasure", () -> "/api/members/" + member + "/erasure");
        put(
                "/api/members/{member}/erasure",
                () -> "/api/members/" + thing("former", this::makeFormer) + "/erasure",
                () -> Map.of("reason", "MISTAKE"));
        ask(
                "DELETE /api/members/{member}/erasure",
                who -> who.delete("/api/members/" + thing("erasure", this::makeErasure) + "/erasure"));

        // second factors: nobody's code or passkey is right
        put("/api/session/provider", () -> "/api/session/provider", () -> Map.of("state", "x", "code", "x"));
        post("/api/session/passkey/challenge", () -> "/api/session/passkey/challenge", Map::of);
        post("/api/session/passkey", () -> "/api/session/passkey", Asks::signedByNobody);
        post("/api/me/passkeys/challenge", () -> "/api/me/passkeys/challenge", Map::of);
        post(
                "/api/me/passkeys",
                () -> "/api/me/passkeys",
                () -> Map.of("clientData", "e30", "attestation", "AA", "transports", List.of("internal")));
        post(
                "/api/me/passkeys/{passkey}/removal",
                () -> "/api/me/passkeys/" + UUID.randomUUID() + "/removal",
                () -> Map.of("code", "000000"));
        put("/api/me/factors/totp", () -> "/api/me/factors/totp", () -> Map.of("code", "000000"));
        post("/api/me/factors/totp/removal", () -> "/api/me/factors/totp/removal", () -> Map.of("code", "000000"));
        ask(
                "DELETE /api/accounts/{account}/factors",
                who -> who.delete("/api/accounts/" + thing("fisherman", this::fisherman) + "/factors"));
        get("/api/accounts/{account}/reach", () -> "/api/accounts/" + thing("fisherman", this::fisherman) + "/reach");
        get(
                "/api/accounts/{account}/reach/export",
                () -> "/api/accounts/" + thing("fisherman", this::fisherman) + "/reach/export");
        get("/api/access/explain", () -> "/api/access/explain?resource=member&id=" + member);

        get("/api/search", () -> "/api/search?q=hop");

        // members and rosters
        get("/api/members", () -> "/api/members?unit=" + cell);
        get("/api/members/{id}", () -> "/api/members/" + member);
        put("/api/members/{id}", () -> "/api/members/" + thing("person", this::makeMember), this::person);
        get("/api/members/export", () -> "/api/members/export?unit=" + cell);
        ask("POST /api/members/import", this::sendRoster);
        get("/api/jobs/{id}", () -> "/api/jobs/" + thing("job", () -> makeJob("STAGED")));
        post("/api/jobs/{id}/apply", () -> "/api/jobs/" + thing("job", () -> makeJob("STAGED")) + "/apply", null);
        post("/api/jobs/{id}/cancel", () -> "/api/jobs/" + thing("job", () -> makeJob("STAGED")) + "/cancel", null);
        post(
                "/api/jobs/{id}/undo",
                () -> "/api/jobs/" + thing("applied job", () -> makeJob("APPLIED")) + "/undo",
                null);
        post(
                "/api/jobs/{id}/confirm",
                () -> "/api/jobs/" + thing("columns", () -> makeJob("COLUMNS")) + "/confirm",
                () -> Map.of(
                        "columns",
                        List.of(
                                Map.of("column", 1, "field", "name"),
                                Map.of("column", 2, "field", "birthDate"),
                                Map.of("column", 3, "field", "admittedOn"))));

        // modules
        ask("PUT /api/modules", who -> who.send("PUT", "/api/modules", "application/octet-stream", new byte[] {1}));
        post("/api/modules/{id}/start", () -> "/api/modules/meetings/start", null);
        post("/api/modules/{id}/stop", () -> "/api/modules/meetings/stop", null);
        afterwards.put(
                "POST /api/modules/{id}/stop",
                () -> as("admin").post("/api/modules/meetings/start").expect(200));

        // units
        get("/api/units", () -> "/api/units?parent=" + commune);
        get("/api/units/{id}", () -> "/api/units/" + cell);
        get("/api/units/{id}/path", () -> "/api/units/" + cell + "/path");
        get("/api/units/{id}/audit", () -> "/api/units/" + cell + "/audit");
        get("/api/units/{id}/audit/export", () -> "/api/units/" + cell + "/audit/export");
        get("/api/units/{id}/history", () -> "/api/units/" + cell + "/history");
        put("/api/units/{id}", () -> "/api/units/" + thing("unit", this::makeUnit), () -> unit(nextCode()));
        post("/api/units/{id}/move", () -> unitPath("move"), () -> Map.of("parent", commune, "code", nextCode()));
        post("/api/units/{id}/merge", () -> unitPath("merge"), () -> Map.of("into", cell));
        post(
                "/api/units/{id}/split",
                () -> unitPath("split"),
                () -> Map.of(
                        "units",
                        List.of(Map.of(
                                "id", UUID.randomUUID().toString(), "code", nextCode(), "name", "Chi bộ tách"))));

        // dues
        get("/api/dues/payments/{id}", this::payment);
        put("/api/dues/payments/{id}", () -> "/api/dues/payments/" + UUID.randomUUID(), this::cash);
        get("/api/dues/payments/{id}/receipt", () -> payment() + "/receipt");
        get("/api/dues/payments/{id}/code", () -> payment() + "/code");
        get("/api/dues/receipts", () -> "/api/dues/receipts?code=SOTAY");
        put("/api/dues/books/{id}", () -> "/api/dues/books/" + UUID.randomUUID(), () -> Map.of("unit", cell));
        get("/api/dues/books/{id}/closings", () -> book() + "/closings");
        get("/api/dues/books/{id}/closings/{day}", () -> book() + "/closings/2026-01-01");
        put("/api/dues/books/{id}/closings/{day}", () -> book() + "/closings/2026-01-01", () -> Map.of("counted", 0));
        post("/api/dues/books/{id}/closings/{day}/confirm", () -> book() + "/closings/2026-01-02/confirm", null);

        get("/api/dues/accounts/{id}", () -> thing("account", this::account));
        put("/api/dues/accounts/{id}", () -> "/api/dues/accounts/" + commune, Asks::bank);
        get("/api/dues/requests/{id}", () -> "/api/dues/requests/" + UUID.randomUUID());
        get("/api/dues/requests/{id}/qr", () -> "/api/dues/requests/" + UUID.randomUUID() + "/qr");
        put(
                "/api/dues/requests/{id}",
                () -> "/api/dues/requests/" + UUID.randomUUID(),
                () -> Map.of("member", member, "periods", List.of("2099-12")));

        ask("POST /api/dues/statements", this::sendStatement);
        get("/api/dues/statements", () -> "/api/dues/statements?unit=" + commune);
        get("/api/dues/transfers", () -> "/api/dues/transfers?unit=" + commune);
        put(
                "/api/dues/transfers/{id}/decision",
                () -> "/api/dues/transfers/" + thing("transfer", this::transfer) + "/decision",
                () -> Map.of("take", false));
        put(
                "/api/dues/transfers/{id}/reversal",
                () -> "/api/dues/transfers/" + thing("taken transfer", this::takenTransfer) + "/reversal",
                () -> Map.of("reason", "Nhầm người"));
        get("/api/dues/plans", () -> "/api/dues/plans?member=" + member);
        get("/api/dues/plans/{id}", this::plan);
        put("/api/dues/plans/{id}", () -> "/api/dues/plans/" + UUID.randomUUID(), this::agreed);
        put("/api/dues/plans/{id}/ending", () -> plan() + "/ending", () -> Map.of("reason", "Lập lại"));
        get("/api/dues/declarations", () -> "/api/dues/declarations?member=" + member);
        put("/api/dues/declarations/{id}", () -> "/api/dues/declarations/" + UUID.randomUUID(), this::declaration);
        ask("DELETE /api/dues/declarations/{id}", who -> who.delete(declared()));
        get("/api/dues/exemptions", () -> "/api/dues/exemptions?member=" + member);
        put("/api/dues/exemptions/{id}", () -> "/api/dues/exemptions/" + UUID.randomUUID(), this::exemption);
        put(
                "/api/dues/exemptions/{id}/decision",
                () -> thing("exemption", this::askForExemption) + "/decision",
                () -> Map.of("granted", false));
        get("/api/dues/assessments", () -> "/api/dues/assessments?member=" + member);
        post("/api/dues/assessments", () -> "/api/dues/assessments", () -> Map.of("unit", cell, "period", "2026-11"));
        get("/api/dues/months", () -> "/api/dues/months?unit=" + cell);
        get("/api/dues/simulation", () -> "/api/dues/simulation?from=2027-12&to=2028-01&unit=" + cell);

        get("/api/dues/passing", () -> "/api/dues/passing?unit=" + cell);
        get("/api/dues/remittances", () -> "/api/dues/remittances?unit=" + cell);
        get("/api/dues/remittances/{id}", this::remittance);
        get("/api/dues/remittances/{id}/slip", () -> remittance() + "/slip");
        put(
                "/api/dues/remittances/{id}",
                () -> "/api/dues/remittances/" + UUID.randomUUID(),
                () -> Map.of("unit", cell, "day", "2026-11-01", "amount", 1));
        post("/api/dues/remittances/{id}/acknowledge", () -> remittance() + "/acknowledge", null);
        post("/api/dues/remittances/{id}/withdraw", () -> remittance() + "/withdraw", null);
        get("/api/dues/reports/b01", () -> "/api/dues/reports/b01?quarter=2026-Q4&unit=" + cell);
        get("/api/dues/reports/ledger", () -> "/api/dues/reports/ledger?year=2026&unit=" + cell);
        get("/api/dues/reports/committee", () -> "/api/dues/reports/committee?year=2026&unit=" + cell);
        get("/api/dues/reports/roll-up", () -> "/api/dues/reports/roll-up?unit=" + cell);

        // documents
        get("/api/documents", () -> "/api/documents?inForce=true");
        get("/api/documents/{id}", () -> thing("document", this::publishedDocument));
        put("/api/documents/{id}", () -> "/api/documents/" + UUID.randomUUID(), this::document);
        ask("DELETE /api/documents/{id}", who -> who.delete(draft()));
        for (String step : List.of("submit", "return", "approve", "withdraw")) {
            post("/api/documents/{id}/" + step, () -> draft() + '/' + step, null);
        }

        get("/api/documents/{id}/scan", () -> draft() + "/scan");
        post("/api/documents/{id}/scan", () -> draft() + "/scan", () -> Map.of("file", NO_FILE));
        put("/api/documents/{id}/text", () -> draft() + "/text", () -> Map.of("file", NO_FILE, "text", words()));
        get("/api/documents/{id}/editions", () -> thing("document", this::publishedDocument) + "/editions");
        get("/api/documents/{id}/citing", () -> thing("document", this::publishedDocument) + "/citing");
        get("/api/documents/{id}/acknowledgements", () -> asked() + "/acknowledgements");
        put(
                "/api/documents/{id}/acknowledgements/{member}",
                () -> asked() + "/acknowledgements/" + member,
                () -> Map.of("edition", 1));
        get("/api/documents/{id}/share", () -> asked() + "/share?unit=" + cell);
        get("/api/documents/{id}/missing", () -> asked() + "/missing?cell=" + cell);
        get("/api/documents/opinions", () -> "/api/documents/opinions");
        get("/api/documents/{id}/opinions", () -> put() + "/opinions");
        put(
                "/api/documents/{id}/opinions/{opinion}",
                () -> put() + "/opinions/" + UUID.randomUUID(),
                () -> Map.of("edition", 1, "anchor", "all", "stance", "AGREE"));
        ask("DELETE /api/documents/{id}/opinions/{opinion}", who -> who.delete(draftOpinion()));
        get("/api/documents/{id}/cells/{cell}", () -> put() + "/cells/" + cell);
        get("/api/documents/{id}/cells/{cell}/opinions", () -> put() + "/cells/" + cell + "/opinions");
        put(
                "/api/documents/{id}/cells/{cell}/opinions/{anchor}",
                () -> put() + "/cells/" + cell + "/opinions/all",
                () -> Map.of("edition", 1, "stance", "AGREE"));
        ask(
                "DELETE /api/documents/{id}/cells/{cell}/opinions/{anchor}",
                who -> who.delete(put() + "/cells/" + cell + "/opinions/all?edition=1"));
        put(
                "/api/documents/{id}/cells/{cell}/sent",
                () -> put() + "/cells/" + cell + "/sent",
                () -> Map.of("sent", false));
        get("/api/documents/{id}/report", () -> put() + "/report?unit=" + cell);
        ask(
                "POST /api/documents/import/files",
                who -> who.send("POST", "/api/documents/import/files", "application/octet-stream", new byte[] {1}));
        post("/api/documents/import", () -> "/api/documents/import", this::folder);

        // news
        get("/api/news", () -> "/api/news?limit=5");
        get("/api/news/{id}", () -> thing("news", this::publishedNews));
        put("/api/news/{id}", () -> "/api/news/" + UUID.randomUUID(), this::news);
        ask("DELETE /api/news/{id}", who -> who.delete(newsDraft()));
        for (String step : List.of("submit", "return", "approve", "withdraw")) {
            post("/api/news/{id}/" + step, () -> newsDraft() + '/' + step, null);
        }
        get("/api/news/{id}/editions", () -> thing("news", this::publishedNews) + "/editions");
        get("/api/news/{id}/receipts", () -> thing("news", this::publishedNews) + "/receipts");
        put(
                "/api/news/{id}/receipts/{member}",
                () -> thing("news", this::publishedNews) + "/receipts/" + member,
                () -> Map.of("edition", 1));
        get("/api/news/{id}/share", () -> thing("news", this::publishedNews) + "/share?unit=" + cell);
        get("/api/news/{id}/missing", () -> thing("news", this::publishedNews) + "/missing?cell=" + cell);
        ask(
                "POST /api/news/pictures",
                who -> who.send("POST", "/api/news/pictures", "application/octet-stream", new byte[] {1}));
        post("/api/news/preview", () -> "/api/news/preview", () -> Map.of("text", "x"));
        post("/api/news/subscription", () -> "/api/news/subscription", null);
        get("/api/news/subscription", () -> "/api/news/subscription");
        ask("DELETE /api/news/subscription", who -> who.delete("/api/news/subscription"));
        get("/api/news/feed/{token}", () -> "/api/news/feed/" + "A".repeat(43));
        // questions
        get("/api/questions/{id}", this::question);
        put("/api/questions/{id}", () -> "/api/questions/" + UUID.randomUUID(), () -> Map.of("text", words()));
        put("/api/questions/{id}/rating", () -> answeredQuestion() + "/rating", () -> Map.of("useful", true));
        get("/api/questions/{id}/messages", () -> question() + "/messages");
        put(
                "/api/questions/{id}/messages/{message}",
                () -> question() + "/messages/" + UUID.randomUUID(),
                () -> Map.of("text", words()));
        put(
                "/api/questions/{id}/answer",
                () -> question() + "/answer",
                () -> Map.of("text", words(), "citations", List.of()));
        post("/api/questions/{id}/release", () -> writtenQuestion() + "/release", null);
        put(
                "/api/questions/{id}/route",
                () -> newQuestion() + "/route",
                () -> Map.of("topic", "6f1c1d7e-0001-7000-8000-000000000002", "above", false));
        put(
                "/api/questions/{id}/merge",
                () -> newQuestion() + "/merge",
                () -> Map.of("into", question().substring("/api/questions/".length())));
        put("/api/questions/{id}/publish", () -> answeredQuestion() + "/publish", () -> Map.of("text", words()));
        ask("DELETE /api/questions/{id}/publish", who -> who.delete(answeredQuestion() + "/publish"));
        get("/api/questions/entries/{entry}", () -> {
            as("editor2").put(answeredQuestion() + "/publish", Map.of("text", "Hỏi về chuyển sinh hoạt"));
            return "/api/questions/entries/" + answeredQuestion().substring("/api/questions/".length());
        });
        put(
                "/api/questions/topics/{topic}",
                () -> "/api/questions/topics/" + UUID.randomUUID(),
                () -> Map.of("name", words(), "active", true, "position", 90));

        // meetings
        get("/api/meetings", () -> "/api/meetings?cell=" + cell);
        get("/api/meetings/{id}", this::meeting);
        put("/api/meetings/{id}", this::meeting, () -> plan("", opinions().split("/")[5]));
        ask("DELETE /api/meetings/{id}", who -> who.delete(meeting()));
        post("/api/meetings/{id}/notify", () -> meeting() + "/notify", null);
        post("/api/meetings/{id}/open", () -> meeting() + "/open", null);
        post("/api/meetings/{id}/close", () -> meeting() + "/close", null);
        post("/api/meetings/{id}/publish", () -> closed() + "/publish", null);
        post("/api/meetings/{id}/report", () -> closed() + "/report", null);
        get("/api/meetings/{id}/minutes", () -> closed() + "/minutes");
        put("/api/meetings/{id}/minutes", () -> meeting() + "/minutes", () -> Map.of("text", words()));
        get("/api/meetings/{id}/summary", () -> meeting() + "/summary");
        get("/api/meetings/{id}/answers", () -> meeting() + "/answers");
        get("/api/meetings/{id}/answers/{member}", () -> meeting() + "/answers/" + member);
        put(
                "/api/meetings/{id}/answers/{member}",
                () -> meeting() + "/answers/" + member,
                () -> Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", words()));
        put(
                "/api/meetings/{id}/answers/{member}/decision",
                () -> meeting() + "/answers/" + member + "/decision",
                () -> Map.of("accepted", true, "message", words()));
        get("/api/meetings/{id}/attendance", () -> meeting() + "/attendance");
        put(
                "/api/meetings/{id}/attendance/{member}",
                () -> meeting() + "/attendance/" + member,
                () -> Map.of("present", true));
        get("/api/meetings/{id}/reads", () -> meeting() + "/reads");
        ask("PUT /api/meetings/{id}/reads/{member}", who -> who.send("PUT", meeting() + "/reads/" + member));
        get("/api/meetings/{id}/conflicts", () -> meeting() + "/conflicts");
        get("/api/meetings/{id}/late-calls", () -> meeting() + "/late-calls");
        put(
                "/api/meetings/{id}/late-calls/{call}/decision",
                () -> thing("late call", this::makeLateCall) + "/decision",
                () -> Map.of("taken", true));
        get("/api/meetings/{id}/messages", () -> meeting() + "/messages");
        put(
                "/api/meetings/{id}/messages/{message}",
                () -> meeting() + "/messages/" + UUID.randomUUID(),
                () -> Map.of("text", words()));
        ask(
                "PUT /api/meetings/{id}/messages/{message}/seen",
                who -> who.send("PUT", thing("message", this::makeMessage) + "/seen"));
        get("/api/meetings/{id}/slips/{member}", () -> thing("slip", this::makeSlip));
        get("/api/meetings/{id}/items/{item}/opinions", this::opinions);
        get("/api/meetings/{id}/items/{item}/opinions/{opinion}", this::opinion);
        put(
                "/api/meetings/{id}/items/{item}/opinions/{opinion}",
                this::opinion,
                () -> Map.of("stance", "OTHER", "text", words()));
        ask("DELETE /api/meetings/{id}/items/{item}/opinions/{opinion}", who -> who.delete(opinion()));
    }

    // ---- how a line is written

    private void ask(String operation, Ask ask) {
        asks.put(operation, ask);
    }

    private static Map<String, Object> signedByNobody() {
        return Map.of("credential", "AA", "clientData", "e30", "authenticatorData", "AA", "signature", "AA");
    }

    /** The account, by a session of its own: it ends with what is asked. */
    private String fisherman() {
        return sotay.anonymous()
                .post("/api/session", Map.of("login", "fisherman", "password", Sotay.PASSWORD))
                .expect(201)
                .json()
                .path("account")
                .asText();
    }

    private void get(String template, Supplier<String> path) {
        ask("GET " + template, who -> who.get(path.get()));
    }

    private void put(String template, Supplier<String> path, Supplier<Map<String, Object>> body) {
        ask("PUT " + template, who -> who.put(path.get(), body.get()));
    }

    /** @param body null if it takes none */
    private void post(String template, Supplier<String> path, @Nullable Supplier<Map<String, Object>> body) {
        ask("POST " + template, who -> body == null ? who.post(path.get()) : who.post(path.get(), body.get()));
    }

    // ---- asking

    /**
     * Asks it as somebody.
     *
     * @throws AssertionError if nobody said how
     */
    Response send(ApiDocument.Operation operation, Client caller) {
        String name = operation.toString();
        Ask ask = asks.get(name);
        if (ask == null) {
            if (operation.template().contains("{") || operation.bodyType() != null) {
                throw new AssertionError("nobody said what to ask of " + name + ": add a line to Asks.fill, such as\n"
                        + "    get(\"" + operation.template() + "\", () -> \"/api/…/\" + thing(\"…\", this::make…));");
            }
            ask = who -> who.send(operation.method(), operation.template(), null, BodyPublishers.noBody());
        }
        Response reply = ask.send(caller);
        if (reply.status() < 300 && operation.writes()) {
            things.clear();
            afterwards.getOrDefault(name, () -> {}).run();
        }
        return reply;
    }

    private Map<String, Object> declaration() {
        return Map.of("member", member, "duesClass", "STUDENT", "from", "2026-11");
    }

    private String declared() {
        return thing("declaration", () -> {
            String path = "/api/dues/declarations/" + UUID.randomUUID();
            secretary().put(path, declaration()).expect(201);
            return path;
        });
    }

    private Map<String, Object> exemption() {
        return Map.of(
                "member",
                member,
                "kind",
                "RELIEF",
                "ground",
                "HARDSHIP",
                "percent",
                30,
                "from",
                "2026-11",
                "months",
                3);
    }

    private String askForExemption() {
        String path = "/api/dues/exemptions/" + UUID.randomUUID();
        secretary().put(path, exemption()).expect(201);
        return path;
    }

    /** Operations that are told of here and are no more. */
    List<String> withoutOperation(List<ApiDocument.Operation> operations) {
        List<String> left = new ArrayList<>(asks.keySet());
        operations.forEach(operation -> left.remove(operation.toString()));
        return left;
    }

    // ---- what is asked for

    /** A thing that is made when it is first needed after the last write. */
    private String thing(String name, Supplier<String> make) {
        String known = things.get(name);
        if (known == null) {
            known = make.get();
            things.put(name, known);
        }
        return known;
    }

    private Client as(String login) {
        return sotay.as(login);
    }

    private Client secretary() {
        return as("secretary");
    }

    private static String words() {
        return "Ý kiến " + UUID.randomUUID();
    }

    private String makeFile() {
        String file = secretary().putFile(words().getBytes(StandardCharsets.UTF_8));
        secretary()
                .put(
                        "/api/meetings/" + UUID.randomUUID(),
                        plan(file, UUID.randomUUID().toString()))
                .expect(201);
        return file;
    }

    private Map<String, Object> person() {
        return Map.of("name", "Trần Thử", "cell", cell, "birthYear", 1950 + codes++ % 50, "officialOn", "2020-01-01");
    }

    private String makeToldMeeting() {
        String id = UUID.randomUUID().toString();
        secretary()
                .put(
                        "/api/meetings/" + id,
                        Map.of(
                                "cell",
                                cell,
                                "kind",
                                "ORDINARY",
                                "startsAt",
                                Instant.now().plus(Duration.ofDays(20)).toString(),
                                "place",
                                "Nhà văn hoá",
                                "title",
                                "Họp chi bộ",
                                "items",
                                List.of()))
                .expect(201);
        secretary().post("/api/meetings/" + id + "/notify").expect(200);
        return id;
    }

    /** What the cell was told of a meeting. */
    private String makeNotice() {
        String link = "/meetings/" + makeToldMeeting();
        for (JsonNode one : secretary().get("/api/notices").expect(200).json().path("items")) {
            if (one.path("link").asText().equals(link)) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("nobody was told of " + link);
    }

    /** That somebody who has no channel was told, once it is known that there is none. */
    private String makeCall() {
        String nobody = makeMember();
        String notice = makeNotice();
        String call = "/api/notices/" + notice + "/calls/" + nobody;
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!secretary()
                .get("/api/notices/" + notice + "/reached?unit=" + cell)
                .json()
                .path("spread")
                .asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it is not worked out who gets " + notice);
            }
            Thread.onSpinWait();
        }
        return call;
    }

    private String makeMember() {
        String id = UUID.randomUUID().toString();
        secretary().put("/api/members/" + id, person()).expect(201);
        return id;
    }

    private String makeCard(String field) {
        return secretary()
                .post("/api/cards", Map.of("members", List.of(makeMember())))
                .expect(201)
                .json()
                .at("/items/0")
                .path(field)
                .asText();
    }

    private String correction() {
        return "/api/members/" + member + "/corrections/" + thing("correction", this::makeCorrection);
    }

    /** Of who is asked about. */
    private String makeCorrection() {
        return as("member")
                .put(
                        "/api/me/corrections/" + UUID.randomUUID(),
                        Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    /** What the secretary has written down for the member. */
    private String writeCorrection() {
        String path = "/api/members/" + member + "/corrections/" + UUID.randomUUID();
        secretary()
                .put(path, Map.of("field", "OTHER", "value", "Đã nghỉ hưu", "reason", "Theo quyết định"))
                .expect(201);
        return path;
    }

    /** The secretary has written down the member's answer to a meeting. */
    private String makeSlip() {
        String meeting = makeOpinion().replaceFirst("/items/.*", "");
        secretary().put(meeting + "/answers/" + member, Map.of("answer", "ABSENT", "reason", "STUDY"));
        return meeting + "/slips/" + member;
    }

    private Map<String, Object> cash() {
        return Map.of("member", member, "amount", 1000, "day", "2026-11-01", "channel", "CASH");
    }

    private static Map<String, Object> bank() {
        return Map.of("bin", "970418", "number", "9999000000001", "holder", "DANG UY XA");
    }

    private String account() {
        String path = "/api/dues/accounts/" + commune;
        as("officer2").put(path, bank());
        return path;
    }

    private Response sendStatement(Client who) {
        String csv =
                "Ngày giao dịch,Số tham chiếu,Số tiền ghi có,Mô tả\n01/11/2026," + UUID.randomUUID() + ",1000,CK\n";
        return who.postForm(
                "/api/dues/statements", "a.csv", csv.getBytes(StandardCharsets.UTF_8), Map.of("unit", commune));
    }

    private String transfer() {
        sendStatement(as("officer2")).expect(201);
        return as("officer2")
                .get("/api/dues/transfers?state=OPEN&unit=" + commune)
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
    }

    private String takenTransfer() {
        String id = transfer();
        as("officer2")
                .put("/api/dues/transfers/" + id + "/decision", Map.of("take", true, "member", member))
                .expect(200);
        return id;
    }

    /** All that the member owes, in one instalment; the sum of nothing is refused to who may agree, and to others before that. */
    private Map<String, Object> agreed() {
        List<String> periods = new ArrayList<>();
        long open = 0;
        for (JsonNode month : secretary()
                .get("/api/dues/balances?member=" + member)
                .expect(200)
                .json()
                .at("/items/0/months")) {
            periods.add(month.path("period").asText());
            open += month.path("due").asLong() - month.path("paid").asLong();
        }
        return Map.of(
                "member",
                member,
                "agreedOn",
                "2026-11-01",
                "periods",
                periods,
                "instalments",
                List.of(Map.of("day", "2026-12-01", "amount", Math.max(1, open))));
    }

    private String plan() {
        return thing("plan", () -> {
            secretary()
                    .put(
                            "/api/dues/declarations/" + UUID.randomUUID(),
                            Map.of("member", member, "duesClass", "STUDENT", "from", "2026-08"))
                    .expect(201);
            for (JsonNode one : secretary()
                    .get("/api/dues/plans?member=" + member)
                    .expect(200)
                    .json()
                    .path("items")) {
                if (one.path("state").asText().equals("OPEN")) {
                    return "/api/dues/plans/" + one.path("id").asText();
                }
            }
            String path = "/api/dues/plans/" + UUID.randomUUID();
            secretary().put(path, agreed()).expect(201);
            return path;
        });
    }

    private String payment() {
        return thing("payment", () -> {
            String path = "/api/dues/payments/" + UUID.randomUUID();
            secretary().put(path, cash()).expect(201);
            return path;
        });
    }

    private String remittance() {
        return thing("remittance", () -> {
            secretary().put("/api/dues/payments/" + UUID.randomUUID(), cash()).expect(201);
            long amount = secretary()
                    .get("/api/dues/passing?unit=" + cell)
                    .expect(200)
                    .json()
                    .path("amount")
                    .asLong();
            String path = "/api/dues/remittances/" + UUID.randomUUID();
            secretary()
                    .put(path, Map.of("unit", cell, "day", "2026-11-01", "amount", amount))
                    .expect(201);
            return path;
        });
    }

    /** A device's own, in which nothing else is written. */
    private String book() {
        return thing("book", () -> {
            String path = "/api/dues/books/" + UUID.randomUUID();
            secretary().put(path, Map.of("unit", cell)).expect(201);
            secretary().put(path + "/closings/2026-01-02", Map.of("counted", 0)).expect(201);
            return path;
        });
    }

    private Map<String, Object> document() {
        Client editor = as("editor");
        String file = editor.putFile(words().getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText(),
                "title",
                words(),
                "kind",
                "PLAN",
                "issuer",
                "Tỉnh ủy",
                "level",
                "PROVINCE",
                "topics",
                List.of(),
                "relations",
                List.of(),
                "files",
                List.of(Map.of("file", file, "name", "ke-hoach.txt")));
    }

    /** A document whose readers are asked to say that they have read it. */
    private String asked() {
        return thing("asked", () -> {
            String path = "/api/documents/" + UUID.randomUUID();
            Map<String, Object> body = new HashMap<>(document());
            body.put("acknowledge", true);
            as("editor").put(path, body).expect(201);
            as("editor").post(path + "/submit").expect(200);
            as("editor2").post(path + "/approve").expect(200);
            return path;
        });
    }

    /** A draft that is put to its readers. */
    private String put() {
        return thing("put", () -> {
            String path = "/api/documents/" + UUID.randomUUID();
            Map<String, Object> body = new HashMap<>(document());
            body.put("opinionsUntil", LocalDate.now().plusDays(30).toString());
            as("editor").put(path, body).expect(201);
            as("editor").post(path + "/submit").expect(200);
            as("editor2").post(path + "/approve").expect(200);
            return path;
        });
    }

    /** An opinion of the member on it. */
    private String draftOpinion() {
        return thing("draft opinion", () -> {
            String path = put() + "/opinions/" + UUID.randomUUID();
            as("member")
                    .put(path, Map.of("edition", 1, "anchor", "all", "stance", "AGREE"))
                    .expect(201);
            return path;
        });
    }

    private Map<String, Object> news() {
        String unit = as("editor")
                .get("/api/me")
                .expect(200)
                .json()
                .at("/mandates/0/unit")
                .asText();
        return Map.of(
                "unit",
                unit,
                "target",
                Map.of("unit", unit, "to", "MEMBERS"),
                "title",
                words(),
                "lead",
                words(),
                "text",
                words(),
                "pictures",
                List.of(),
                "asks",
                "ACKNOWLEDGED");
    }

    private String newsDraft() {
        String path = "/api/news/" + UUID.randomUUID();
        as("editor").put(path, news()).expect(201);
        return path;
    }

    private String publishedNews() {
        String path = newsDraft();
        as("editor").post(path + "/submit").expect(200);
        as("editor2").post(path + "/approve").expect(200);
        return path;
    }

    private Map<String, Object> folder() {
        return Map.of("unit", document().get("unit"), "index", "file\ttitle", "files", List.of());
    }

    private String draft() {
        String path = "/api/documents/" + UUID.randomUUID();
        as("editor").put(path, document()).expect(201);
        return path;
    }

    private String publishedDocument() {
        String path = draft();
        as("editor").post(path + "/submit").expect(200);
        as("editor2").post(path + "/approve").expect(200);
        return path;
    }

    /** Of the member of Hải Ninh, for the editors of the province. */
    private String newQuestion() {
        String path = "/api/questions/" + UUID.randomUUID();
        as("member").put(path, Map.of("text", words(), "publishable", true)).expect(201);
        return path;
    }

    private String question() {
        return thing("question", this::newQuestion);
    }

    private String writtenQuestion() {
        return thing("written question", () -> {
            String path = newQuestion();
            as("editor2")
                    .put(path + "/answer", Map.of("text", words(), "citations", List.of()))
                    .expect(200);
            return path;
        });
    }

    private String answeredQuestion() {
        return thing("answered question", () -> {
            String path = newQuestion();
            as("editor")
                    .put(path + "/answer", Map.of("text", words(), "citations", List.of()))
                    .expect(200);
            as("editor2").post(path + "/release").expect(200);
            return path;
        });
    }

    private String makeFormer() {
        String id = UUID.randomUUID().toString();
        Map<String, Object> former = new HashMap<>(person());
        former.put("status", "LEFT");
        secretary().put("/api/members/" + id, former).expect(201);
        return id;
    }

    private String makeErasure() {
        String id = makeFormer();
        as("officer2")
                .put("/api/members/" + id + "/erasure", Map.of("reason", "MISTAKE"))
                .expect(201);
        return id;
    }

    private String makeEmergency() {
        UUID id = UUID.randomUUID();
        takeEmergency(as("admin"), id).expect(201);
        return id.toString();
    }

    /** Given up at once: with it the administrator would see what the other lines say that it does not. */
    private Response takeEmergency(Client who, UUID id) {
        Response taken = who.put(
                "/api/access/emergencies/" + id,
                Map.of("unit", thing("empty unit", this::makeUnit), "reason", "Không gửi được thông báo"));
        if (taken.status() == 201) {
            as("admin").delete("/api/mandates/" + id).expect(204);
        }
        return taken;
    }

    private String makeMandate() {
        String id = UUID.randomUUID().toString();
        secretary()
                .put("/api/mandates/" + id, Map.of("unit", cell, "role", "HELPER", "member", makeMember()))
                .expect(201);
        return id;
    }

    /** The member's newest session, which nobody uses. */
    private String makeSession() {
        sotay.anonymous()
                .post("/api/session", Map.of("login", "member", "password", Sotay.PASSWORD))
                .expect(201);
        return secretary()
                .get("/api/members/" + member + "/sessions")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
    }

    private String nextCode() {
        return "38.168.053.000." + codes++;
    }

    private Map<String, Object> unit(String code) {
        return Map.of("parent", commune, "kind", "CELL", "code", code, "name", "Chi bộ " + code);
    }

    private String makeUnit() {
        String id = UUID.randomUUID().toString();
        as("officer2").put("/api/units/" + id, unit(nextCode())).expect(201);
        return id;
    }

    private String unitPath(String change) {
        return "/api/units/" + thing("unit", this::makeUnit) + '/' + change;
    }

    private Response sendRoster(Client who) {
        byte[] roster = ("Họ và tên\nTrần Thử " + UUID.randomUUID() + '\n').getBytes(StandardCharsets.UTF_8);
        return who.postForm("/api/members/import", "a.csv", roster, Map.of("unit", CELL_CODE));
    }

    /** A roster whose columns are understood, or one that waits to be told what its second column is. */
    private String makeJob(String state) {
        String born = state.equals("COLUMNS")
                ? "Năm sinh\tNgày vào Đảng\nTrần Thử\t1980"
                : "Ngày sinh\tNgày vào Đảng\nTrần Thử\t05/03/1980";
        byte[] roster = ("Họ và tên\t" + born + "\t01/02/2020\n").getBytes(StandardCharsets.UTF_8);
        String id = as("officer2")
                .postForm("/api/members/import", "a.csv", roster, Map.of("unit", CELL_CODE))
                .expect(202)
                .json()
                .path("id")
                .asText();
        await(id, state.equals("COLUMNS") ? state : "STAGED");
        if (state.equals("APPLIED")) {
            Response applied = as("officer2").post("/api/jobs/" + id + "/apply");
            if (applied.status() >= 300) {
                throw new AssertionError("the roster is not applied: " + applied);
            }
            await(id, "APPLIED");
        }
        return id;
    }

    private void await(String job, String state) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            Response reply = as("officer2").get("/api/jobs/" + job).expect(200);
            if (reply.json().path("state").asText().equals(state)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("the job is not " + state + ": " + reply);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private Map<String, Object> plan(String file, String item) {
        List<Map<String, Object>> documents =
                file.isEmpty() ? List.of() : List.of(Map.of("file", file, "name", "a.txt"));
        return Map.of(
                "cell",
                cell,
                "kind",
                "THEMATIC",
                "startsAt",
                "2026-12-20T12:00:00Z",
                "place",
                "Hội trường",
                "title",
                words(),
                "items",
                List.of(Map.of("id", item, "title", "Nhiệm vụ", "documents", documents)));
    }

    /** An opinion of the member on an item of a meeting, to which the member has answered. */
    private String makeOpinion() {
        String item = UUID.randomUUID().toString();
        String path = "/api/meetings/" + UUID.randomUUID();
        secretary().put(path, plan("", item)).expect(201);
        as("member")
                .put(path + "/answers/" + member, Map.of("answer", "ABSENT", "reason", "ILLNESS", "message", "Sốt"))
                .expect(201);
        String opinion = path + "/items/" + item + "/opinions/" + UUID.randomUUID();
        as("member").put(opinion, Map.of("stance", "AGREE")).expect(201);
        return opinion;
    }

    private String opinion() {
        return thing("opinion", this::makeOpinion);
    }

    private String makeLateCall() {
        String path = makeOpinion().replaceFirst("/items/.*", "");
        secretary().post(path + "/close").expect(200);
        secretary().put(path + "/attendance/" + member, Map.of("present", true)).expect(202);
        return path + "/late-calls/"
                + secretary()
                        .get(path + "/late-calls")
                        .expect(200)
                        .json()
                        .at("/items/0/id")
                        .asText();
    }

    private String makeMessage() {
        String path = makeOpinion().replaceFirst("/items/.*", "") + "/messages/" + UUID.randomUUID();
        as("member").put(path, Map.of("text", words())).expect(201);
        return path;
    }

    private String opinions() {
        return opinion().replaceFirst("/[^/]*$", "");
    }

    private String meeting() {
        return opinion().replaceFirst("/items/.*", "");
    }

    private String closed() {
        return thing("closed meeting", () -> {
            String path = makeOpinion().replaceFirst("/items/.*", "");
            secretary().put(path + "/minutes", Map.of("text", "Kết luận")).expect(201);
            secretary().post(path + "/close").expect(200);
            return path;
        });
    }
}

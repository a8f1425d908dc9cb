package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** What is written without a network: kept, sent once and in its order, or kept with the reason for which it was refused. */
@PageTest
class OutboxPagesIT extends WithPhone {

    /** A document whose readers are asked to say that they have read it. */
    private static String askedDocument() {
        Client editor = sotay.as("editor");
        String id = UUID.randomUUID().toString();
        String path = "/api/documents/" + id;
        editor.put(
                        path,
                        Map.of(
                                "unit",
                                editor.get("/api/me")
                                        .expect(200)
                                        .json()
                                        .at("/mandates/0/unit")
                                        .asText(),
                                "title",
                                "Quy định ai cũng phải đọc",
                                "kind",
                                "REGULATION",
                                "issuer",
                                "Tỉnh ủy",
                                "level",
                                "PROVINCE",
                                "topics",
                                List.of(),
                                "relations",
                                List.of(),
                                "files",
                                List.of(Map.of(
                                        "file",
                                        editor.putFile(id.getBytes(StandardCharsets.UTF_8)),
                                        "name",
                                        "quy-dinh.txt")),
                                "acknowledge",
                                true))
                .expect(201);
        editor.post(path + "/submit").expect(200);
        sotay.as("editor2").post(path + "/approve").expect(200);
        return id;
    }

    @Test
    void aDocumentIsAcknowledgedAtSeaAndNotesStayOnThePhone() {
        String document = askedDocument();
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.see("#documents-asked");
        phone.picture("documents-asked-phone");
        assertThat(phone.faults()).isEmpty();
        phone.pressWords("Quy định ai cũng phải đọc");
        phone.see("#acknowledge");

        phone.offline(true);
        phone.press("#acknowledge");
        phone.read("Bạn đã xác nhận");
        phone.press("#document-bookmark");
        phone.type("#page-document-note", "Hỏi lại ở buổi họp");
        phone.picture("document-acknowledged-phone");
        assertThat(phone.faults()).isEmpty();
        Client fisherman = sotay.as("fisherman");
        String lines = "/api/documents/" + document + "/acknowledgements";
        assertThat(fisherman.get(lines).expect(200).json().path("items")).isEmpty();

        backOnTheNetwork();
        phone.until(
                "it has arrived",
                () -> fisherman.get(lines).expect(200).json().path("items").size() == 1);
        phone.restart();
        phone.open("/documents");
        phone.press("#documents-marked");
        phone.pressWords("Quy định ai cũng phải đọc");
        phone.until("the note is still there", () -> "Hỏi lại ở buổi họp"
                .equals(phone.run("return document.querySelector('#page-document-note')?.value")));
        phone.read("Bạn đã xác nhận");
    }

    /** What is said of a paragraph at sea arrives, and is changed and taken back like what was said on land. */
    @Test
    void aDraftGetsAnOpinionWithoutANetwork() {
        String title = "Dự thảo nghị quyết " + UUID.randomUUID();
        String document = draft(title, """
                # Dự thảo nghị quyết

                Điều 1. Mục tiêu
                1. Mỗi thôn một nhà văn hóa.
                2. Đường ra cảng được trải nhựa.

                Điều 2. Nguồn vốn
                Ngân sách xã và nhân dân đóng góp.
                """);
        begin("fisherman");
        phone.read("Đã cập nhật");
        phone.see("#drafts-asked");
        phone.pressWords(title);
        phone.see("#opine-begin");
        phone.read("Dự thảo lấy ý kiến đến hết ngày");
        phone.picture("draft-phone");
        phone.see("#document-text .documents-text");

        phone.offline(true);
        phone.press("#opine-begin");
        phone.focusComesTo("opine-hint");
        phone.picture("draft-touched-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#opine-dieu-1-khoan-1");
        phone.press("#opine-dieu-1-khoan-1-form button[type=submit]");
        phone.read("Hãy chọn một ý kiến");
        phone.run("document.querySelector(\"#opine-dieu-1-khoan-1-form input[value=AMEND]\").click()");
        phone.type("#opine-dieu-1-khoan-1-form [id$='-text']", "Cần thêm sân chơi cho trẻ");
        phone.type("#opine-dieu-1-khoan-1-form [id$='-wording']", "Mỗi thôn một nhà văn hóa và một sân chơi.");
        phone.picture("draft-opinion-form-phone");
        assertThat(phone.faults()).isEmpty();
        phone.press("#opine-dieu-1-khoan-1-form button[type=submit]");
        phone.focusComesTo("opine-dieu-1-khoan-1-said");
        phone.read("Cần thêm sân chơi cho trẻ");
        phone.picture("draft-opinion-phone");
        assertThat(phone.faults()).isEmpty();
        Client fisherman = sotay.as("fisherman");
        String own = "/api/documents/" + document + "/opinions";
        assertThat(fisherman.get(own).expect(200).json().path("items")).isEmpty();

        backOnTheNetwork();
        phone.until(
                "it has arrived",
                () -> fisherman.get(own).expect(200).json().path("items").size() == 1);
        JsonNode said = fisherman.get(own).expect(200).json().at("/items/0");
        assertThat(said.path("quote").asText()).isEqualTo("1. Mỗi thôn một nhà văn hóa.");
        assertThat(said.path("wording").asText()).isEqualTo("Mỗi thôn một nhà văn hóa và một sân chơi.");
        phone.press("#opine-all");
        phone.run("document.querySelector(\"#opine-all-form input[value=AGREE]\").click()");
        phone.press("#opine-all-form button[type=submit]");
        phone.focusComesTo("opine-all-said");
        phone.until(
                "that has arrived, too",
                () -> fisherman.get(own).expect(200).json().path("items").size() == 2);
        phone.go("/documents/opinions");
        phone.read("Cần thêm sân chơi cho trẻ");
        phone.picture("draft-my-opinions-phone");
        assertThat(phone.faults()).isEmpty();
        phone.go("/");
        phone.see("#new-documents");
        phone.until("it waits no more", () -> !String.valueOf(
                        phone.run("return document.querySelector('#drafts-asked')?.innerText"))
                .contains(title));
    }

    private static String draft(String title, String text) {
        Client editor = sotay.as("editor");
        String file = editor.putFile(text.getBytes(StandardCharsets.UTF_8));
        String id = UUID.randomUUID().toString();
        Map<String, Object> body = new HashMap<>();
        body.put(
                "unit",
                editor.get("/api/me").expect(200).json().at("/mandates/0/unit").asText());
        body.put("title", title);
        body.put("kind", "RESOLUTION");
        body.put("issuer", "Tỉnh ủy");
        body.put("level", "PROVINCE");
        body.put("topics", List.of());
        body.put("relations", List.of());
        body.put("files", List.of(Map.of("file", file, "name", "du-thao.md")));
        body.put("opinionsUntil", LocalDate.now().plusDays(20).toString());
        editor.put("/api/documents/" + id, body).expect(201);
        editor.post("/api/documents/" + id + "/submit").expect(200);
        sotay.as("editor2").post("/api/documents/" + id + "/approve").expect(200);
        return id;
    }

    @Test
    void aMeetingIsPlannedWithoutANetworkAndArrivesOnce() {
        begin("secretary");
        phone.read("Đã cập nhật");
        String known = notified("Chuyên đề trước khi mất sóng");
        phone.go(known.substring("/api".length()));
        phone.read("Chuyên đề trước khi mất sóng");

        phone.offline(true);
        phone.go("/meetings/new");
        phone.type("[name=place]", "Nhà văn hóa thôn Bắc");
        phone.type("[name=title]", "Họp giữa biển");
        phone.type("#page-item-1", "Bàn việc neo đậu");
        phone.press("#save-meeting");
        phone.read("Chờ gửi");
        phone.read("Bàn việc neo đậu");
        String planned = phone.path();
        phone.picture("meeting-unsent-phone");
        assertThat(phone.faults()).isEmpty();
        phone.pressWords("Sửa buổi sinh hoạt");
        phone.type("[name=title]", "Họp khi tàu về");
        phone.press("#save-meeting");
        phone.read("Họp khi tàu về");
        phone.go(known.substring("/api".length()) + "/edit");
        phone.type("[name=place]", "Trụ sở thôn Nam");
        phone.press("#save-meeting");
        phone.read("Trụ sở thôn Nam");
        phone.read("Chờ gửi");

        openAtSea("/meetings");
        phone.read("Họp khi tàu về");
        phone.read("Dự kiến, chờ gửi");
        assertThat(phone.text()).doesNotContain("Họp giữa biển");
        sotay.startAgain();
        backOnTheNetwork();

        Client secretary = sotay.as("secretary");
        phone.until(
                "both have arrived",
                () -> secretary.get("/api" + planned).status() == 200
                        && secretary.get(known).json().path("place").asText().equals("Trụ sở thôn Nam"));
        assertThat(secretary.get("/api" + planned).json().path("title").asText())
                .isEqualTo("Họp khi tàu về");
        assertThat(secretary.get("/api/meetings?limit=500").json().path("items"))
                .filteredOn(one -> one.path("title").asText().startsWith("Họp "))
                .hasSize(1);
        phone.open("/waiting");
        phone.read("Không có gì chờ gửi");
        secretary.delete("/api" + planned).expect(204);
        secretary.delete(known).expect(204);
    }

    @Test
    void whatIsWrittenWithoutANetworkArrivesOnceAndInItsOrder() {
        begin("fisherman");
        phone.press("#way-meetings");
        phone.pressWords(MEETING);
        String meeting = phone.path().replace("/meetings/", "/api/meetings/");
        String me = sotay.as("fisherman").get("/api/me").json().at("/member/id").asText();

        sotay.kill();
        phone.press("[id^='ask-leave-']");
        phone.press("[id$='-reason-AT_SEA']");
        phone.press("#send-absence");
        phone.read("1 mục chờ gửi");
        phone.read("Bạn xin vắng mặt (Đang đi biển)");
        for (int item = 1; item <= 3; item++) {
            phone.press("#opinion-" + item);
            phone.press("[id^='opinion-'][id$='-stance-OTHER']");
            phone.type("[id^='opinion-'][id$='-text']", "Từ ngoài khơi, mục " + item);
            phone.pressWords("Gửi ý kiến");
            phone.read((item + 1) + " mục chờ gửi");
        }
        phone.picture("waiting-meeting-phone");
        assertThat(phone.faults()).isEmpty();
        phone.restart();
        phone.open(meeting.replace("/api", ""));
        phone.read("Từ ngoài khơi, mục 2");
        phone.press("[id^='said-'] button");
        phone.type("[id^='opinion-'][id$='-text']", "Từ ngoài khơi, mục 1, sửa lại");
        phone.pressWords("Gửi ý kiến");
        phone.read("sửa lại");
        phone.press("#outbox-way");
        phone.read("Có mạng là tự gửi");
        phone.picture("waiting-phone");
        assertThat(phone.faults()).isEmpty();

        sotay.startAgain();
        phone.ahead(Duration.ofDays(2));
        phone.restart();
        phone.open("/waiting");
        phone.read("Sổ tay đã khóa");
        phone.type("#unlock-password", Sotay.PASSWORD);
        phone.press("#unlock-submit");
        phone.read("Không có gì chờ gửi");
        assertThat(phone.text()).doesNotContain("mục chờ gửi");
        phone.open(meeting.replace("/api", ""));
        phone.read("Đã gửi, chờ bí thư trả lời");
        phone.read("Đã cập nhật");

        JsonNode answers = sotay.as("secretary")
                .get(meeting + "/answers?limit=500")
                .expect(200)
                .json();
        assertThat(answers.path("items"))
                .filteredOn(one -> one.path("member").asText().equals(me))
                .singleElement()
                .satisfies(one -> assertThat(one.path("reason").asText()).isEqualTo("AT_SEA"));
        assertThat(opinionsOf(me, meeting))
                .filteredOn(text -> text.startsWith("Từ ngoài khơi"))
                .containsExactly("Từ ngoài khơi, mục 1, sửa lại", "Từ ngoài khơi, mục 2", "Từ ngoài khơi, mục 3");
    }

    /** What a member has said on the items of a meeting, in the items' order. */
    private static List<String> opinionsOf(String member, String meeting) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item :
                sotay.as("secretary").get(meeting).expect(200).json().path("items")) {
            for (JsonNode one : sotay.as("secretary")
                    .get(meeting + "/items/" + item.path("id").asText() + "/opinions?limit=200")
                    .expect(200)
                    .json()
                    .path("items")) {
                if (one.path("member").asText().equals(member)) {
                    texts.add(one.path("text").asText());
                }
            }
        }
        return texts;
    }

    @Test
    void thatAMeetingWasOpenedWithoutANetworkIsToldLaterAndTroublesNobody() {
        String meeting = notified("Chuyên đề ngư trường");
        String closed = notified("Chuyên đề cứu nạn");
        String member =
                sotay.as("member").get("/api/me").json().at("/member/id").asText();
        begin("member");
        phone.read("Đã cập nhật");
        phone.press("#way-meetings");
        phone.read("Chuyên đề ngư trường");
        phone.offline(true);
        for (String title : List.of("Chuyên đề cứu nạn", "Chuyên đề ngư trường", "Chuyên đề ngư trường")) {
            phone.pressWords(title);
            phone.see("#opinion-1");
            phone.until("kept to be told", () -> keptToSend() > 0);
            phone.press("#way-today");
            phone.press("#way-meetings");
        }
        phone.until("each kept once", () -> keptToSend() == 2);
        assertThat(phone.text()).doesNotContain("chờ gửi");
        phone.press("#way-me");
        phone.press("#lock-now");
        phone.read("Sổ tay đã khóa");
        assertThat(phone.text()).doesNotContain("chờ gửi");
        phone.type("#unlock-password", Sotay.PASSWORD);
        phone.press("#unlock-submit");
        phone.see("#way-meetings");
        sotay.as("secretary").post(closed + "/close").expect(200);
        assertThat(opened(meeting)).isEmpty();

        phone.offline(false);
        phone.until("told", () -> opened(meeting).contains(member));
        phone.until("nothing kept", () -> keptToSend() == 0);
        assertThat(opened(closed)).isEmpty();
        assertThat(phone.text()).doesNotContain("chờ gửi");
        phone.open("/waiting");
        phone.read("Không có gì chờ gửi");
        sotay.as("secretary").delete(meeting).expect(204);
    }

    private static List<String> opened(String meeting) {
        return sotay.as("secretary")
                .get(meeting + "/reads")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("member");
    }

    @Test
    void whatIsWrittenOverIsSentOnceUnlessSomethingElseCameBetween() {
        begin("member2");
        phone.offline(true);

        assertThat(phone.run("""
                return import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'outbox.js')).then(async outbox => {
                    const path = '/api/meetings/none/answers/none';
                    for (const [method, text] of [['PUT', 'a'], ['PUT', 'b'], ['DELETE', ''], ['PUT', 'c'], ['PUT', 'd']]) {
                        await outbox.write(method, path + '/x', {text}, {title: text});
                        await outbox.write(method, path + '/y', {text}, {title: text});
                    }
                    const seen = outbox.waiting.value.filter(one => one.path.endsWith('x')).map(one => one.method + one.body.text);
                    for (const one of outbox.waiting.value) {
                        await outbox.discard(one);
                    }
                    return seen.join(' ');
                });
                """))
                // the very first was taken up to be sent, and may have arrived for all that the phone knows
                .isEqualTo("PUTa PUTb DELETE PUTd");
    }

    @Test
    void whatWaitsIsSentAfterTheSessionHasEnded() {
        begin("member");
        phone.go("/meetings/" + coming("member"));
        phone.offline(true);
        phone.press("#opinion-3");
        phone.press("[id^='opinion-'][id$='-stance-OTHER']");
        phone.type("[id^='opinion-'][id$='-text']", "Sau phiên đăng nhập");
        phone.pressWords("Gửi ý kiến");
        phone.read("1 mục chờ gửi");
        phone.endSession();
        phone.offline(false);

        phone.open("/");
        phone.read("Chào");
        phone.read("Trên máy này còn 1 mục chờ gửi của");
        phone.picture("signin-unsent-phone");
        assertThat(phone.faults()).isEmpty();
        phone.type("#pin-password", Sotay.PASSWORD);
        phone.press("#pin-submit");
        phone.see("#way-me");
        phone.until("sent", () -> !phone.text().contains("chờ gửi"));
        String me = sotay.as("member").get("/api/me").json().at("/member/id").asText();
        assertThat(opinionsOf(me, "/api/meetings/" + coming("member"))).contains("Sau phiên đăng nhập");
    }

    @Test
    void whatTheServerRefusesStaysWithTheReason() {
        Client secretary = sotay.as("secretary");
        String meeting = notified("Chuyên đề biển đảo");
        begin("member");
        phone.press("#way-meetings");
        phone.pressWords("Chuyên đề biển đảo");
        phone.offline(true);
        phone.press("#opinion-1");
        phone.press("[id^='opinion-'][id$='-stance-OTHER']");
        phone.type("[id^='opinion-'][id$='-text']", "Cần thêm phao");
        phone.pressWords("Gửi ý kiến");
        phone.read("1 mục chờ gửi");

        secretary.delete(meeting).expect(204);
        phone.offline(false);
        phone.press("#outbox-way");
        phone.read("Máy chủ không nhận");
        // of what is not there any more, nobody is told anything
        assertThat(phone.text()).doesNotContain("lời nhắn");
        phone.picture("refused-phone");
        assertThat(phone.faults()).isEmpty();
        phone.size(Browser.DESK);
        phone.picture("refused-desk");
        phone.pressWords("Bỏ");
        phone.read("Đã bỏ: Ý kiến: Giữ gìn vùng biển");
        phone.press("#outbox-undo");
        phone.read("Máy chủ không nhận");
        phone.pressWords("Bỏ");
        phone.read("Không có gì chờ gửi");
    }

    @Test
    void whatCameTooLateGoesToTheSecretaryAsAMessage() {
        String meeting = notified("Chuyên đề neo đậu");
        begin("member");
        phone.read("Đã cập nhật");
        phone.press("#way-meetings");
        phone.pressWords("Chuyên đề neo đậu");
        phone.offline(true);
        phone.press("[id^='ask-leave-']");
        phone.press("[id$='-reason-AT_SEA']");
        phone.type("[id^='absence-'][id$='-message']", "Tàu chưa về kịp");
        phone.press("#send-absence");
        phone.read("1 mục chờ gửi");
        phone.press("#opinion-1");
        phone.press("[id^='opinion-'][id$='-stance-OTHER']");
        phone.type("[id^='opinion-'][id$='-text']", "Neo thêm một hàng phao");
        phone.pressWords("Gửi ý kiến");
        phone.read("2 mục chờ gửi");
        sotay.as("secretary").post(meeting + "/close").expect(200);

        phone.offline(false);
        phone.press("#outbox-way");
        phone.until("both are refused", () -> phone.text().split("Buổi sinh hoạt đã kết thúc", -1).length == 3);
        phone.picture("refused-closed-phone");
        assertThat(phone.faults()).isEmpty();
        phone.pressWords("Gửi cho bí thư như lời nhắn");
        phone.read("Đã gửi: Lời nhắn: Trả lời: Chuyên đề neo đậu");
        phone.focusComesTo("outbox-gone");
        // without a network it waits, in the place of what was refused
        phone.offline(true);
        phone.pressWords("Gửi cho bí thư như lời nhắn");
        phone.read("Lời nhắn: Ý kiến: Giữ gìn vùng biển");
        phone.until("nothing is refused any more", () -> !phone.text().contains("Máy chủ không nhận"));
        phone.open(meeting.replace("/api", ""));
        phone.read("Lời nhắn của tôi cho bí thư");
        phone.read("Ý kiến khác: Neo thêm một hàng phao");
        phone.offline(false);
        phone.until("sent", () -> messages(meeting).size() == 2);
        phone.picture("messages-own-phone");
        assertThat(phone.faults()).isEmpty();
        assertThat(messages(meeting).findValuesAsText("text"))
                .containsExactlyInAnyOrder(
                        "Xin vắng mặt (Đang đi biển): Tàu chưa về kịp", "Ý kiến khác: Neo thêm một hàng phao");
        assertThat(messages(meeting).findValuesAsText("writtenAt")).hasSize(2);

        phone.signIn("secretary");
        phone.go(meeting.replace("/api", ""));
        phone.read("2 lời nhắn chưa đọc");
        for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
            phone.size(size);
            phone.picture("messages-secretary-" + size.name());
            assertThat(phone.faults()).isEmpty();
        }
        phone.pressWords("Đã đọc xong");
        phone.read("1 lời nhắn chưa đọc");
        phone.focusComesTo("message-.*");
        assertThat(messages(meeting).findValuesAsText("seenAt")).hasSize(1);
        phone.press("#way-today");
        phone.read("Đọc lời nhắn");
        assertThat(phone.faults()).isEmpty();
    }

    @Test
    void aRollCalledWithoutANetworkIsPutBeforeTheSecretaryAfterTheEnd() {
        String meeting = notified("Chuyên đề điểm danh muộn");
        begin("secretary");
        phone.read("Đã cập nhật");
        phone.go(meeting.replace("/api", "") + "/roll");
        phone.see(".meetings-roll li:nth-child(1) .absent");
        phone.offline(true);
        phone.press(".meetings-roll li:nth-child(1) .absent");
        phone.press(".meetings-roll li:nth-child(2) .present");
        phone.read("2 mục chờ gửi");
        sotay.as("secretary").post(meeting + "/close").expect(200);

        phone.offline(false);
        phone.until("arrived", () -> lateCalls(meeting).size() == 2);
        phone.until("nothing waits", () -> !phone.text().contains("chờ gửi"));
        // not within the seconds in which what was just read is shown again
        phone.open("/");
        phone.read("2 dòng điểm danh đến muộn");
        phone.go(meeting.replace("/api", "") + "/roll");
        phone.read("Điểm danh đến sau khi kết thúc (2)");
        phone.read("Điểm danh đang ghi: Không điểm danh");
        for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
            phone.size(size);
            phone.picture("late-calls-" + size.name());
            assertThat(phone.faults()).isEmpty();
        }
        phone.pressWords("Lấy vào điểm danh");
        phone.read("Đã lấy vào điểm danh");
        phone.focusComesTo("late-.*");
        phone.pressWords("Bỏ qua");
        phone.read("Đã bỏ qua");
        assertThat(lateCalls(meeting).findValuesAsText("taken")).containsExactlyInAnyOrder("true", "false");
        assertThat(sotay.as("secretary")
                        .get(meeting + "/attendance")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
        phone.open("/waiting");
        phone.read("Không có gì chờ gửi");
    }

    @Test
    void twoAnswersFromTwoPhonesAreBothShownAndOneIsChosen() {
        String meeting = notified("Chuyên đề hai máy");
        String me = sotay.as("member").get("/api/me").json().at("/member/id").asText();
        String answer = meeting + "/answers/" + me;
        begin("member");
        phone.go(meeting.replace("/api", ""));
        phone.see("#attend");
        phone.offline(true);
        phone.press("#attend");
        phone.read("1 mục chờ gửi");
        // the other phone has a network
        sotay.as("member")
                .put(answer, Map.of("answer", "ABSENT", "reason", "FAMILY", "message", "Nhà có giỗ", "base", Map.of()))
                .expect(201);

        phone.offline(false);
        phone.read("Bạn có hai câu trả lời khác nhau");
        phone.read("Nhà có giỗ");
        for (Browser.Size size : List.of(Browser.DESK, Browser.PHONE)) {
            phone.size(size);
            phone.picture("two-answers-" + size.name());
            assertThat(phone.faults()).isEmpty();
        }
        assertThat(given(answer).path("answer").asText()).isEqualTo("ATTENDING");
        phone.pressWords("Lấy lại bản kia");
        phone.read("Bạn xin vắng mặt (Việc gia đình). Đã gửi");
        phone.until("chosen", () -> !phone.has("#both-answers"));
        assertThat(given(answer).path("message").asText()).isEqualTo("Nhà có giỗ");
        assertThat(given(answer).has("other")).isFalse();

        sotay.as("member")
                .put(answer, Map.of("answer", "ATTENDING", "base", Map.of()))
                .expect(200);
        phone.open(meeting.replace("/api", ""));
        phone.read("Bạn có hai câu trả lời khác nhau");
        phone.pressWords("Giữ bản này");
        phone.until("chosen", () -> !phone.has("#both-answers"));
        assertThat(given(answer).path("answer").asText()).isEqualTo("ATTENDING");
        assertThat(given(answer).has("other")).isFalse();
    }

    private static JsonNode given(String answer) {
        return sotay.as("secretary").get(answer).expect(200).json();
    }

    private static JsonNode lateCalls(String meeting) {
        return sotay.as("secretary")
                .get(meeting + "/late-calls")
                .expect(200)
                .json()
                .path("items");
    }

    private static JsonNode messages(String meeting) {
        return sotay.as("secretary")
                .get(meeting + "/messages")
                .expect(200)
                .json()
                .path("items");
    }
}

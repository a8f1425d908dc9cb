package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sheets;
import vn.sotay.testkit.Sotay;

/** Login cards the whole way: issued and printed for a cell, opened on a phone, signed in again after a restart, a phone that was lost. */
@PageTest
class CardPagesIT {

    private static final String PIN = "730291";

    private static JsonNode neverSignedIn(Client secretary) {
        String cell = secretary
                .get("/api/me")
                .expect(200)
                .json()
                .at("/member/cell/id")
                .asText();
        List<String> without = StreamSupport.stream(
                        secretary
                                .get("/api/cards?unit=" + cell)
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one -> !one.path("account").asBoolean())
                .map(one -> one.path("member").asText())
                .toList();
        return StreamSupport.stream(
                        secretary
                                .get("/api/members?limit=500&unit=" + cell)
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(one -> without.contains(one.path("id").asText())
                        && !one.path("cardNumber").asText().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fromTheSecretarysPrinterToAPhoneThatWasLost() {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser desk = Browser.of(sotay);
                Browser phone = Browser.of(sotay);
                Browser other = Browser.of(sotay)) {
            JsonNode member = neverSignedIn(sotay.as("secretary"));
            String name = member.path("name").asText();

            // the secretary prints cards for all who have none
            desk.signIn("secretary");
            desk.press("#way-members");
            desk.press("#cards-way");
            desk.picture("cards-phone");
            assertThat(desk.faults()).isEmpty();
            desk.press("#cards-issue-all");
            desk.read("mã chỉ hiện một lần");
            desk.picture("cards-issued-phone");
            assertThat(desk.faults()).isEmpty();
            desk.size(Browser.DESK);
            desk.picture("cards-issued-desk");
            assertThat(desk.faults()).isEmpty();
            assertThat(desk.sheets()).as("A4, eight cards on each").isBetween(4, 5);
            String code = (String) desk.run("""
                    return [...document.querySelectorAll('.login-card')]
                        .find(card => card.querySelector('.login-card-name').textContent === arguments[0])
                        .querySelector('.login-card-code').textContent;
                    """, name);
            desk.press("#cards-done");
            desk.read("Có thẻ, đến");

            // the member types what is on the card, and has a PIN from then on
            phone.forgetAll();
            phone.open("/");
            phone.press("#signin-card");
            phone.picture("card-open-phone");
            assertThat(phone.faults()).isEmpty();
            phone.type("#card-code", code.toLowerCase(java.util.Locale.ROOT));
            phone.press("#card-open");
            phone.read(name);
            phone.type("#pin-new-password", "123456");
            phone.type("#pin-new-again", "123456");
            phone.press("#pin-set");
            phone.read("quá dễ đoán");
            phone.picture("card-pin-phone");
            assertThat(phone.faults()).isEmpty();
            phone.type("#pin-new-password", PIN);
            phone.type("#pin-new-again", PIN);
            phone.press("#pin-set");
            phone.read("Hôm nay");
            phone.press("#way-me");
            phone.press("#sign-out");

            // after a restart the phone knows whom to ask
            sotay.stop();
            sotay.startAgain();
            // pages that are open look each minute, and may have met nobody: what they say of it is over with the page
            for (Browser open : List.of(desk, other)) {
                open.open("/");
                open.see("main");
                open.console();
            }
            phone.open("/");
            phone.read("Chào " + name);
            phone.picture("pin-phone");
            assertThat(phone.faults()).isEmpty();
            phone.type("#pin-password", PIN);
            phone.press("#pin-submit");
            phone.see("#way-me");

            // another phone, by the number of the Party card
            other.forgetAll();
            other.open("/");
            other.type("#signin-login", member.path("cardNumber").asText().replace(".", ""));
            other.type("#signin-password", PIN);
            other.press("#signin-submit");
            other.press("#way-me");
            other.read("Máy này");
            other.picture("sessions-phone");
            assertThat(other.faults()).isEmpty();

            // the first phone is lost: its owner signs it out from the other one
            other.press(".session-end");
            other.read("Máy đó phải đăng nhập lại từ đầu");
            phone.open("/");
            phone.see("#signin-login");
            assertThat(phone.text()).doesNotContain(name);
            other.open("/me");
            other.read(name);

            // so could the secretary have done
            desk.signIn("secretary");
            desk.go("/members/" + member.path("id").asText());
            desk.press(".session-end");
            desk.read("Máy đó phải đăng nhập lại từ đầu");
            other.open("/");
            other.see("#signin-login");
            assertThat(desk.console()).isEmpty();
            assertThat(other.console()).isEmpty();
        }
    }

    @Test
    void aCellsCardsAsOneFileToBePrinted() throws Exception {
        try (Sotay sotay = Sotay.start(Sotay.prepared());
                Browser desk = Browser.of(sotay)) {
            JsonNode member = neverSignedIn(sotay.as("secretary"));
            String name = member.path("name").asText();
            desk.signIn("secretary");
            desk.press("#way-members");
            desk.press("#cards-way");
            // the list is right at once, however little time was spent with the file
            desk.press("#choose-" + member.path("id").asText());
            desk.press("#cards-issue-pdf");
            desk.press("#cards-done");
            desk.read("Có thẻ, đến");
            desk.press("#revoke-" + member.path("id").asText());
            desk.read("Thẻ đã thu hồi");
            assertThat(Sheets.qrCodes(desk.downloaded("the-dang-nhap.pdf"), 0)).hasSize(1);

            desk.press("#cards-issue-pdf");
            desk.read("Các thẻ nằm trong tệp PDF vừa tải");
            byte[] file = desk.downloaded("the-dang-nhap.pdf");
            assertThat(Sheets.text(file)).contains(name);
            String first = Sheets.qrCodes(file, 0).get(0);
            assertThat(first).startsWith(sotay.url().resolve("/card").toString());
            Sheets.keep("cards-of-a-cell", file);
            desk.picture("cards-pdf-phone");
            assertThat(desk.faults()).isEmpty();
            desk.size(Browser.DESK);
            desk.picture("cards-pdf-desk");
            assertThat(desk.faults()).isEmpty();
            sotay.anonymous()
                    .post("/api/session/card", Map.of("code", first.substring(first.indexOf('#') + 1)))
                    .expect(200);
            desk.press("#cards-done");
            desk.read("Có thẻ, đến");
            assertThat(desk.console()).isEmpty();
        }
    }
}

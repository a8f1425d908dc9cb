package vn.sotay.platform.access;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;

/**
 * {@code /api/me/passkeys}: what the caller can prove itself by, and passkeys that are added and taken away. All bytes are in Base64 as in
 * URLs, without padding.
 */
@Component
public final class PasskeyEndpoints implements Endpoints {

    static final String BASE64 = "[A-Za-z0-9_-]+";

    private static final int ID_MAX = 1400;
    private static final int DATA_MAX = 8000;
    private static final int ATTESTATION_MAX = 20_000;
    private static final int NAME_MAX = 60;
    private static final Set<String> TRANSPORTS = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    /** A passkey, as the browser asks for it. */
    record Known(String id, List<String> transports) {}

    /**
     * What a passkey is asked to sign: {@code PublicKeyCredentialRequestOptions} of the browser.
     *
     * @param timeout milliseconds
     * @param passkeys one of which is asked for; any if there are none
     */
    record Ask(String challenge, String host, long timeout, List<Known> passkeys) {}

    /**
     * What a new passkey is made for: {@code PublicKeyCredentialCreationOptions} of the browser.
     *
     * @param user by which devices know the account
     * @param name of the account, as the device shows it
     * @param algorithms by their numbers in COSE
     * @param passkeys that the account has already: a device that has one of them makes no other
     */
    record Offer(
            String challenge,
            String host,
            long timeout,
            String user,
            String name,
            List<Long> algorithms,
            List<Known> passkeys) {}

    /**
     * What a passkey has signed: {@code AuthenticatorAssertionResponse} of the browser.
     *
     * @param credential the passkey's id
     * @param user {@code userHandle}; left out if the device does not tell it
     */
    record Signed(
            @Text(max = ID_MAX, pattern = BASE64) String credential,
            @Text(max = DATA_MAX, pattern = BASE64) String clientData,
            @Text(max = DATA_MAX, pattern = BASE64) String authenticatorData,
            @Text(max = DATA_MAX, pattern = BASE64) String signature,
            @Nullable @Text(max = 100, pattern = BASE64) String user) {}

    /**
     * By what one who is signed in proves to be who it is, and not somebody who has found the device.
     *
     * @param password or PIN, of one who has no second factor
     * @param code of the app, or a recovery code
     * @param passkey signed as {@code POST /api/me/factors/challenge} asks
     */
    record Proof(
            @Nullable @Text(max = 200) String password,
            @Nullable @Text(max = 40) String code,
            @Nullable Signed passkey) {

        @Override
        public String toString() {
            return "Proof[]";
        }
    }

    /**
     * A passkey that was made: {@code AuthenticatorAttestationResponse} of the browser.
     *
     * @param transports how the device can be reached; what is not known is left out
     */
    record NewPasskey(
            @Text(max = DATA_MAX, pattern = BASE64) String clientData,
            @Text(max = ATTESTATION_MAX, pattern = BASE64) String attestation,
            @Nullable List<String> transports) {}

    /**
     * A passkey that was added.
     *
     * @param codes for who loses the device, each good once and told this once; empty if there was a second factor before
     */
    record Added(Passkeys.Listed passkey, List<String> codes) {

        @Override
        public String toString() {
            return "Added[passkey=" + passkey.id() + ']';
        }
    }

    /**
     * What the caller can prove itself by.
     *
     * @param app whether there are codes of an app
     * @param codes recovery codes that are left
     */
    record Factors(boolean app, int codes, List<Passkeys.Listed> passkeys) {}

    private final SignIns signIns;
    private final Passkeys passkeys;

    @Activate
    public PasskeyEndpoints(@Reference SignIns signIns, @Reference Passkeys passkeys) {
        this.signIns = signIns;
        this.passkeys = passkeys;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/me/factors")
                .signedIn()
                .gives(Factors.class)
                .says("What the caller can prove itself by: codes of an app, recovery codes that are left, passkeys")
                .to(request -> Reply.ok(signIns.factors((SignedIn) request.caller())));
        routes.post("/api/me/factors/challenge")
                .signedIn()
                .gives(Ask.class)
                .says("Asks one of the caller's passkeys to sign, as a proof for what is done to the account")
                .to(request -> Reply.made(signIns.askForProof(
                        (SignedIn) request.caller(), passkeys.site(request.host()), request.address())));
        routes.post("/api/me/passkeys/challenge")
                .signedIn()
                .takes(Proof.class)
                .gives(Offer.class)
                .says(
                        "Offers the caller to make a passkey, by the second factor, or by the password where there is none")
                .to(request -> Reply.made(signIns.offerPasskey(
                        (SignedIn) request.caller(),
                        request.body(Proof.class),
                        passkeys.site(request.host()),
                        request.address())));
        routes.post("/api/me/passkeys")
                .signedIn()
                .takes(NewPasskey.class)
                .gives(Added.class)
                .says(
                        "Adds the passkey that was made; the first second factor brings recovery codes, and ends the caller's"
                                + " other sessions")
                .to(this::add);
        routes.post("/api/me/passkeys/{passkey}/removal")
                .signedIn()
                .takes(Proof.class)
                .says("Takes one of the caller's passkeys away, by a second factor: by itself, another one or a code")
                .to(request -> {
                    signIns.removePasskey(
                            (SignedIn) request.caller(),
                            request.id("passkey"),
                            request.body(Proof.class),
                            passkeys.siteOrNull(request.host()),
                            request.address());
                    return Reply.nothing();
                });
    }

    private Reply add(Request request) {
        NewPasskey body = request.body(NewPasskey.class);
        List<String> transports = body.transports() == null
                ? List.of()
                : body.transports().stream()
                        .filter(one -> one != null && TRANSPORTS.contains(one))
                        .distinct()
                        .toList();
        String name = DeviceNames.of(request.header("User-Agent").orElse(""));
        return Reply.made(signIns.addPasskey(
                (SignedIn) request.caller(),
                body,
                passkeys.site(request.host()),
                name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name,
                transports));
    }

    /** Bytes of a text that has only the letters of Base64; none if there are too many of them. */
    static byte[] bytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("credential", "passkey.refused");
        }
    }
}

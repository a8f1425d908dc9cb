package vn.sotay.platform.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;
import vn.sotay.api.unit.Units;

/** {@code /api/me/factors/totp}: codes of an app on the caller's phone; and what is lost is taken away by others. */
@Component
public final class FactorEndpoints implements Endpoints {

    static final Permission RESET = new Permission("access.factors");

    /**
     * A second factor that was begun.
     *
     * @param secret to be typed into an app, in Base32
     * @param uri the same for an app on this very device
     * @param qr the same for the camera of another
     */
    record Begun(String secret, String uri, QrCodes.Drawn qr) {

        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /**
     * What the app shows now.
     *
     * @param passkey signed as {@code POST /api/me/factors/challenge} asks, by one who has passkeys
     */
    record Code(@Text(max = 40) String code, PasskeyEndpoints.@Nullable Signed passkey) {

        @Override
        public String toString() {
            return "Code[]";
        }
    }

    /** Codes for who loses the app, each good once; told this once. */
    record Recovery(List<String> codes) {

        @Override
        public String toString() {
            return "Recovery[]";
        }
    }

    private final SignIns signIns;
    private final Passkeys passkeys;
    private final Units units;

    @Activate
    public FactorEndpoints(@Reference SignIns signIns, @Reference Passkeys passkeys, @Reference Units units) {
        this.signIns = signIns;
        this.passkeys = passkeys;
        this.units = units;
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/me/factors/totp")
                .signedIn()
                .gives(Begun.class)
                .says("Begins to set up a second factor; it counts once a code has confirmed it")
                .to(this::begin);
        routes.put("/api/me/factors/totp")
                .signedIn()
                .takes(Code.class)
                .gives(Recovery.class)
                .says("Confirms the second factor by a code; gives recovery codes and ends the caller's other sessions")
                .to(this::confirm);
        routes.post("/api/me/factors/totp/removal")
                .signedIn()
                .takes(PasskeyEndpoints.Proof.class)
                .says("Takes the caller's app away, by one of its codes, a recovery code or a passkey")
                .to(request -> {
                    signIns.removeFactor(
                            (SignedIn) request.caller(),
                            request.body(PasskeyEndpoints.Proof.class),
                            passkeys.siteOrNull(request.host()),
                            request.address());
                    return Reply.nothing();
                });
        routes.delete("/api/accounts/{account}/factors")
                .needs(RESET)
                .says(
                        "Takes app, recovery codes and passkeys of somebody away who has lost them, and ends all sessions of that account")
                .to(request -> {
                    signIns.resetFactor((SignedIn) request.caller(), request.id("account"), RESET, units);
                    return Reply.nothing();
                });
    }

    private Reply confirm(Request request) {
        Code body = request.body(Code.class);
        return Reply.ok(new Recovery(signIns.confirmFactor(
                (SignedIn) request.caller(),
                body.code(),
                body.passkey(),
                passkeys.siteOrNull(request.host()),
                request.address())));
    }

    private Reply begin(Request request) {
        SignedIn caller = (SignedIn) request.caller();
        String secret = signIns.beginFactor(caller);
        AccountRows.Person person = caller.identity().person();
        String shown = LoginCards.shown(caller.identity().login());
        String uri = Totp.uri(secret, shown != null ? shown : person != null ? person.name() : "Sotay");
        return Reply.made(new Begun(secret, uri, QrCodes.draw(uri)));
    }
}

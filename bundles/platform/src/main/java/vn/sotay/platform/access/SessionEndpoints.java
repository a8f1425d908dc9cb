package vn.sotay.platform.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;

/** {@code /api/session} and {@code /api/me}: signing in and out, by a card, on which devices; who one is, another password. */
@Component(configurationPid = "vn.sotay.access", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SessionEndpoints implements Endpoints {

    private static final int PASSWORD_MAX = 200;

    /**
     * What one signs in with.
     *
     * @param login or the number of the Party card or the telephone; left out on a device that is bound
     * @param password or PIN
     * @param code of the second factor, once it was asked for by the problem {@code second-factor}
     */
    record SignIn(
            @Nullable @Text(max = 100) String login,
            @Text(max = PASSWORD_MAX) String password,
            @Nullable @Text(max = 40) String code) {

        @Override
        public String toString() {
            return "SignIn[login=" + login + ']';
        }
    }

    /**
     * Whom a passkey is asked for. With neither it tells by itself whose it is.
     *
     * @param login as for {@code POST /api/session}
     * @param password or PIN, where a passkey is the second step
     */
    record ByPasskey(
            @Nullable @Text(max = 100) String login,
            @Nullable @Text(max = PASSWORD_MAX) String password) {

        @Override
        public String toString() {
            return "ByPasskey[login=" + login + ']';
        }
    }

    /**
     * An identity provider.
     *
     * @param title words on its button; left out for the usual ones
     */
    record Provider(@Nullable String title) {}

    /** Where a browser is to go. */
    record Way(String address) {}

    /**
     * What a browser brings from the identity provider.
     *
     * @param issuer {@code iss}; left out if the provider does not send it
     * @param factor code of the account's own second factor, once it was asked for by a problem; code is not needed then
     */
    record FromProvider(
            @Text(max = 200) String state,
            @Nullable @Text(max = 4000) String code,
            @Nullable @Text(max = 500) String issuer,
            @Nullable @Text(max = 40) String factor) {

        @Override
        public String toString() {
            return "FromProvider[]";
        }
    }

    /** A change of the caller's password. */
    record NewPassword(
            @Text(max = PASSWORD_MAX) String current,
            @Text(max = PASSWORD_MAX) String password) {

        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /** A unit, as far as a heading needs it. */
    record UnitName(UUID id, String name, String code) {}

    /** The member behind the account; the cell is null for one who has left. */
    record MemberName(UUID id, String name, @Nullable UnitName cell) {}

    /** A role that is held today, besides being a member. */
    record Held(
            String role,
            UUID unit,
            LocalDate from,
            @Nullable LocalDate to) {}

    /**
     * Who is signed in.
     *
     * @param login null for those who are known by their card alone
     * @param pin whether digits alone are enough for a new password
     * @param factor whether there is a second factor, or must be one before anything else can be done
     */
    record Me(
            UUID account,
            @Nullable String login,
            @Nullable MemberName member,
            List<Held> mandates,
            boolean pin,
            Factor factor) {}

    /** How it stands with the second factor. */
    enum Factor {
        NONE,
        SET,
        /** Nothing else can be done before it is set up. */
        REQUIRED
    }

    /** What a login card is opened by. */
    record Code(@Text(max = 20) String code) {

        @Override
        public String toString() {
            return "Code[]";
        }
    }

    /** A login card, and the PIN or password that its member wants. */
    record Redeemed(
            @Text(max = 20) String code,
            @Text(max = PASSWORD_MAX) String password) {

        @Override
        public String toString() {
            return "Redeemed[]";
        }
    }

    /** Whom a device asks for the PIN. */
    record Owner(String name) {}

    /** A session that begins: a client sends the token as bearer, a browser has it as a cookie that no script reads. */
    record Session(
            String token,
            Instant expires,
            UUID account,
            @Nullable String login,
            @Nullable MemberName member,
            List<Held> mandates,
            boolean pin,
            Factor factor) {}

    private static final String HOST = "__Host-";
    private static final String DEVICE = "sotay-device";
    private static final String PROVIDER = "sotay-provider";
    private static final Duration BOUND = Duration.ofDays(400);

    private final SignIns signIns;
    private final Passkeys passkeys;
    private final OidcSignIns provider;
    private final LoginCards cards;
    private final Sessions sessions;
    private final String secureCookie;

    @Activate
    public SessionEndpoints(
            @Reference SignIns signIns,
            @Reference Passkeys passkeys,
            @Reference OidcSignIns provider,
            @Reference LoginCards cards,
            @Reference Sessions sessions,
            AccessConfig config) {
        this.sessions = sessions;
        this.signIns = signIns;
        this.passkeys = passkeys;
        this.provider = provider;
        this.cards = cards;
        this.secureCookie = config.secureCookie();
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/session")
                .open()
                .takes(SignIn.class)
                .gives(Session.class)
                .says("Signs in")
                .to(this::signIn);
        routes.post("/api/session/passkey/challenge")
                .open()
                .takes(ByPasskey.class)
                .gives(PasskeyEndpoints.Ask.class)
                .says("Asks a passkey to sign in: any, or after the password one of the account's")
                .to(this::ask);
        routes.post("/api/session/passkey")
                .open()
                .takes(PasskeyEndpoints.Signed.class)
                .gives(Session.class)
                .says("Signs in by a passkey that has signed as it was asked; no further factor is needed")
                .to(request -> begun(
                        request,
                        signIns.signIn(
                                passkeys.site(request.host()),
                                request.body(PasskeyEndpoints.Signed.class),
                                origin(request))));
        routes.get("/api/session/provider")
                .open()
                .gives(Provider.class)
                .says("The identity provider by which one can sign in as well; 204 if there is none")
                .to(request -> provider.title()
                        .map(title -> Reply.ok(new Provider(title.isEmpty() ? null : title)))
                        .orElseGet(Reply::nothing));
        routes.post("/api/session/provider")
                .open()
                .gives(Way.class)
                .says("Where to send the browser to sign in at the identity provider, which sends it back to /provider")
                .to(this::goToProvider);
        routes.put("/api/session/provider")
                .open()
                .takes(FromProvider.class)
                .gives(Session.class)
                .says("Signs in one who has come back from the identity provider, with the browser that was sent there")
                .to(this::comeFromProvider);
        routes.post("/api/session/card")
                .open()
                .takes(Code.class)
                .gives(LoginCards.Opened.class)
                .says("Whose login card has this code")
                .to(request -> Reply.ok(cards.open(request.body(Code.class).code(), request.address())));
        routes.put("/api/session/card")
                .open()
                .takes(Redeemed.class)
                .gives(Session.class)
                .says("Opens a login card: sets the member's PIN or password, signs in here, and out everywhere else")
                .to(this::redeem);
        routes.get("/api/session/device")
                .open()
                .gives(Owner.class)
                .says("Whom this device asks for the PIN alone; 204 if for the login as well")
                .to(request -> signIns.owner(device(request))
                        .map(owner -> Reply.ok(new Owner(owner.name())))
                        .orElseGet(Reply::nothing));
        routes.put("/api/session/device")
                .signedIn()
                .says("Lets this device ask the caller for the PIN alone")
                .to(this::bind);
        routes.delete("/api/session/device")
                .open()
                .says("Lets this device ask who one is again")
                .to(this::unbind);
        routes.delete("/api/session")
                .signedIn()
                .says("Signs out: the session's token is of no use any more")
                .to(this::signOut);
        routes.get("/api/me")
                .signedIn()
                .gives(Me.class)
                .says("Who is signed in")
                .to(request -> Reply.ok(me((SignedIn) request.caller())));
        routes.put("/api/me/password")
                .signedIn()
                .takes(NewPassword.class)
                .says("Changes the caller's password or PIN and ends its other sessions")
                .to(this::changePassword);
        routes.get("/api/me/sessions")
                .signedIn()
                .givesPage(SignIns.Listed.class)
                .says("Where the caller is signed in, the newest first")
                .to(request -> Reply.ok(
                        new Page<>(signIns.sessions(request.caller().account(), (SignedIn) request.caller()), null)));
        routes.delete("/api/me/sessions/{session}")
                .signedIn()
                .says("Ends one of the caller's sessions at once, and its device asks who one is again")
                .to(request -> {
                    signIns.revoke(request.caller().account(), request.id("session"));
                    return Reply.nothing();
                });
    }

    private Reply signIn(Request request) {
        SignIn body = request.body(SignIn.class);
        String login = body.login() == null ? "" : body.login();
        return begun(request, signIns.signIn(login, body.password(), body.code(), origin(request)));
    }

    private Reply ask(Request request) {
        ByPasskey body = request.body(ByPasskey.class);
        return Reply.made(signIns.askToSignIn(
                passkeys.site(request.host()),
                body.login() == null ? "" : body.login(),
                body.password() == null ? "" : body.password(),
                origin(request)));
    }

    private Reply goToProvider(Request request) {
        String origin = (isSecure(request) ? "https://" : "http://") + request.host();
        return Reply.later(provider.go(origin, request.language(), request.address())
                .thenApply(way -> Reply.made(new Way(way.address().toString()))
                        .header("Set-Cookie", cookie(request, PROVIDER, way.browser(), OidcSignIns.LAST))));
    }

    private Reply comeFromProvider(Request request) {
        FromProvider body = request.body(FromProvider.class);
        return Reply.later(provider.come(
                        body.state(),
                        body.code(),
                        body.issuer(),
                        sent(request, PROVIDER),
                        body.factor(),
                        origin(request))
                .thenApply(begun -> begun(request, begun)));
    }

    private Reply redeem(Request request) {
        Redeemed body = request.body(Redeemed.class);
        return begun(request, cards.redeem(body.code(), body.password(), origin(request)));
    }

    private Reply begun(Request request, SignIns.Begun begun) {
        Me me = me(begun.caller());
        Duration age = Duration.between(request.at(), begun.expires());
        return Reply.made(new Session(
                        begun.token(),
                        begun.expires(),
                        me.account(),
                        me.login(),
                        me.member(),
                        me.mandates(),
                        me.pin(),
                        me.factor()))
                .header("Set-Cookie", cookie(request, "sotay", begun.token(), age));
    }

    private static Origin origin(Request request) {
        return new Origin(
                request.address(), DeviceNames.of(request.header("User-Agent").orElse("")), device(request));
    }

    /** The token in the device's cookie; null if it bears none. */
    private static @Nullable String device(Request request) {
        return sent(request, DEVICE);
    }

    private static @Nullable String sent(Request request, String name) {
        return request.header("Cookie").stream()
                .flatMap(cookies -> Stream.of(cookies.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + '=') || cookie.startsWith(HOST + name + '='))
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1))
                .findFirst()
                .orElse(null);
    }

    private Reply signOut(Request request) {
        signIns.signOut((SignedIn) request.caller());
        return Reply.nothing().header("Set-Cookie", cookie(request, "sotay", "", Duration.ZERO));
    }

    private Reply bind(Request request) {
        String token = signIns.bind((SignedIn) request.caller(), device(request));
        return Reply.nothing().header("Set-Cookie", cookie(request, DEVICE, token, BOUND));
    }

    private Reply unbind(Request request) {
        signIns.unbind(device(request));
        return Reply.nothing().header("Set-Cookie", cookie(request, DEVICE, "", Duration.ZERO));
    }

    private Reply changePassword(Request request) {
        NewPassword body = request.body(NewPassword.class);
        signIns.changePassword((SignedIn) request.caller(), body.current(), body.password(), request.address());
        return Reply.nothing();
    }

    /** Under HTTPS its name begins with {@code __Host-}: then browsers take it from this host alone, and by HTTPS. */
    private String cookie(Request request, String name, String value, Duration age) {
        boolean secure = secureCookie.equals("always") || secureCookie.equals("auto") && isSecure(request);
        return (secure ? HOST : "") + name + '=' + value + "; Path=/; Max-Age=" + age.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    /** Whether the page came by HTTPS, as a proxy may know alone. */
    private static boolean isSecure(Request request) {
        return request.secure()
                || request.header("Origin")
                        .filter(origin -> origin.startsWith("https:"))
                        .isPresent();
    }

    private Me me(SignedIn caller) {
        AccountRows.Identity identity = caller.identity();
        AccountRows.Person person = identity.person();
        MemberName member = person == null
                ? null
                : new MemberName(
                        person.id(),
                        person.name(),
                        caller.cell()
                                .map(cell -> new UnitName(cell.id(), cell.name(), cell.code()))
                                .orElse(null));
        List<Held> held = caller.mandates().stream()
                .filter(mandate -> !mandate.role().equals(Role.MEMBER.name()))
                .map(mandate -> new Held(mandate.role(), mandate.unit(), mandate.from(), mandate.to()))
                .toList();
        return new Me(
                identity.account(),
                LoginCards.shown(identity.login()),
                member,
                held,
                SignIns.isPinEnough(identity),
                identity.factor() ? Factor.SET : sessions.lacksFactor(caller) ? Factor.REQUIRED : Factor.NONE);
    }
}

package vn.sotay.platform.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.http.Text;

/** {@code /api/session} and {@code /api/me}: signing in and out, who one is, another password. */
@Component(configurationPid = "vn.sotay.access", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SessionEndpoints implements Endpoints {

    private static final int PASSWORD_MAX = 200;

    /** What one signs in with. */
    record SignIn(
            @Text(max = 100) String login,
            @Text(max = PASSWORD_MAX) String password) {

        @Override
        public String toString() {
            return "SignIn[login=" + login + ']';
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

    /** Who is signed in. */
    record Me(UUID account, String login, @Nullable MemberName member, List<Held> mandates) {}

    /** A session that begins: a client sends the token as bearer, a browser has it as a cookie that no script reads. */
    record Session(
            String token,
            Instant expires,
            UUID account,
            String login,
            @Nullable MemberName member,
            List<Held> mandates) {}

    private final Accounts accounts;
    private final String secureCookie;

    @Activate
    public SessionEndpoints(@Reference Accounts accounts, AccessConfig config) {
        this(accounts, config.secureCookie());
    }

    SessionEndpoints(Accounts accounts, String secureCookie) {
        this.accounts = accounts;
        this.secureCookie = secureCookie;
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/session")
                .open()
                .takes(SignIn.class)
                .gives(Session.class)
                .says("Signs in")
                .to(this::signIn);
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
                .says("Changes the caller's password and ends its other sessions")
                .to(this::changePassword);
    }

    private Reply signIn(Request request) {
        SignIn body = request.body(SignIn.class);
        Accounts.Begun begun = accounts.signIn(body.login(), body.password(), request.address());
        Me me = me(begun.caller());
        Duration age = Duration.between(request.at(), begun.expires());
        return Reply.made(new Session(
                        begun.token(), begun.expires(), me.account(), me.login(), me.member(), me.mandates()))
                .header("Set-Cookie", cookie(request, begun.token(), age.toSeconds()));
    }

    private Reply signOut(Request request) {
        accounts.signOut((SignedIn) request.caller());
        return Reply.nothing().header("Set-Cookie", cookie(request, "", 0));
    }

    private Reply changePassword(Request request) {
        NewPassword body = request.body(NewPassword.class);
        accounts.changePassword((SignedIn) request.caller(), body.current(), body.password(), request.address());
        return Reply.nothing();
    }

    /** Under HTTPS its name begins with {@code __Host-}: then browsers take it from this host alone, and by HTTPS. */
    private String cookie(Request request, String token, long seconds) {
        boolean secure = secureCookie.equals("always")
                || secureCookie.equals("auto")
                        && (request.secure()
                                || request.header("Origin")
                                        .filter(origin -> origin.startsWith("https:"))
                                        .isPresent());
        return (secure ? "__Host-sotay=" : "sotay=") + token + "; Path=/; Max-Age=" + seconds
                + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    private static Me me(SignedIn caller) {
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
        return new Me(identity.account(), identity.login(), member, held);
    }
}

package vn.sotay.platform.members;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;

/** {@code /api/members}: the members that the caller may read; a member without a mandate reads itself alone. */
@Component
public final class MemberEndpoints implements Endpoints {

    private final MemberBook members;

    @Activate
    public MemberEndpoints(@Reference MemberBook members) {
        this.members = members;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/members")
                .needs(MemberBook.READ)
                .query("unit", UUID.class, "within this unit and all below it")
                .query(
                        "q",
                        String.class,
                        "words of the name, with or without marks, the beginning of a card number, or a whole phone number")
                .query("status", MemberStatus.class, "of this status; without it all active ones")
                .says("The members that the caller may read, by given name")
                .givesPage(Member.class)
                .audited("member")
                .to(this::list);
        routes.get("/api/members/{id}")
                .needs(MemberBook.READ)
                .says("A member")
                .gives(Member.class)
                .audited("member")
                .to(request -> Reply.of(members.get(request.caller(), request.id("id"))));
        routes.put("/api/members/{id}")
                .needs(MemberBook.WRITE)
                .takes(MemberBody.class)
                .says("Makes a member, or changes its record from today on")
                .gives(Member.class)
                .to(request -> Reply.of(members.put(
                        request.caller(), request.id("id"), request.body(MemberBody.class), request.ifMatch())));
    }

    private Reply list(Request request) {
        MemberSearch search = members.search(
                request.caller(),
                request.query("unit", UUID.class).orElse(null),
                request.query("q", String.class).orElse(""),
                request.query("status", MemberStatus.class).orElse(null));
        return request.unlessChanged(
                search.audiences(), () -> Reply.ok(members.list(search, request.after(), request.limit())));
    }
}

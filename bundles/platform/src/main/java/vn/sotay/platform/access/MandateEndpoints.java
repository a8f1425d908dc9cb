package vn.sotay.platform.access;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
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

/** {@code /api/mandates}: who is what at a unit. */
@Component
public final class MandateEndpoints implements Endpoints {

    /**
     * What is wanted; see {@link MandateBook.Wanted}.
     *
     * @param holder a login, or the number of a Party card or a telephone
     */
    record Body(
            UUID unit,
            Role role,
            @Nullable UUID member,
            @Nullable @Text(max = 100) String holder,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** The mandates at a unit that are held today or later, and the roles that the caller may give there. */
    record AtUnit(List<MandateBook.Shown> items, List<Role> roles) {}

    private final MandateBook mandates;

    @Activate
    public MandateEndpoints(@Reference MandateBook mandates) {
        this.mandates = mandates;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/mandates")
                .needs(MandateBook.READ)
                .query("unit", UUID.class, "the unit; must be given")
                .gives(AtUnit.class)
                .says("Who is what at a unit, and which roles the caller may give there")
                .to(this::list);
        routes.put("/api/mandates/{id}")
                .needs(MandateBook.READ)
                .takes(Body.class)
                .gives(MandateBook.Shown.class)
                .says("Gives a mandate from a day to a day, or changes its last day")
                .to(this::put);
        routes.delete("/api/mandates/{id}")
                .needs(MandateBook.READ)
                .says("Ends a mandate at once")
                .to(request -> {
                    mandates.end(request.caller(), request.id("id"));
                    return Reply.nothing();
                });
    }

    private Reply list(Request request) {
        UUID unit = request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
        return Reply.ok(new AtUnit(mandates.at(request.caller(), unit), mandates.givable(request.caller(), unit)));
    }

    private Reply put(Request request) {
        Body body = request.body(Body.class);
        return Reply.of(mandates.put(
                request.caller(),
                request.id("id"),
                new MandateBook.Wanted(
                        body.unit(), body.role(), body.member(), body.holder(), body.from(), body.to())));
    }
}

package vn.sotay.platform.seals;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.jobs.JobReplies;
import vn.sotay.platform.jobs.JobReply;
import vn.sotay.platform.jobs.Jobs;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.units.UnitBook;

/** {@code /api/keys}: which keys sensitive fields are sealed by, and a new one in their place. */
@Component
public final class KeyEndpoints implements Endpoints {

    /**
     * The keys of sensitive fields.
     *
     * @param newest the number of the one that seals
     * @param numbers of all in the key file: more than one while a rotation is under way
     */
    record Keys(int newest, List<Integer> numbers) {}

    private final FieldKeys keys;
    private final Rotation rotation;
    private final Jobs jobs;
    private final JobReplies replies;
    private final UnitBook units;

    @Activate
    public KeyEndpoints(
            @Reference FieldKeys keys,
            @Reference Rotation rotation,
            @Reference Jobs jobs,
            @Reference JobReplies replies,
            @Reference UnitBook units) {
        this.keys = keys;
        this.rotation = rotation;
        this.jobs = jobs;
        this.replies = replies;
        this.units = units;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/keys")
                .needs(Rotation.PERMISSION)
                .says("The numbers of the keys that sensitive fields are sealed by")
                .gives(Keys.class)
                .to(request -> Reply.ok(new Keys(keys.newest(), keys.numbers())));
        routes.post("/api/keys/rotation")
                .needs(Rotation.PERMISSION)
                .says(
                        "Seals all sensitive fields by a new key, beside everything else, and takes the old one out of the key file")
                .gives(JobReply.class)
                .to(this::rotate);
    }

    private Reply rotate(Request request) {
        Unit root = units.root().orElseThrow(Problem::notFound);
        request.caller().require(Rotation.PERMISSION, root);
        UUID id = rotation.begin(jobs, root, request.caller().account());
        return Reply.accepted(replies.of(jobs.get(request.caller(), id), request.language()))
                .header("Location", "/api/jobs/" + id);
    }
}

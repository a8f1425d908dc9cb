package vn.sotay.bench.module;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Routes;

/** Answers with the version of its bundle at {@code /api/answer}. */
@Component
public final class Answer implements Endpoints {

    /** What is answered. */
    public record Version(String version) {}

    private final Version version;

    @Activate
    public Answer(BundleContext context) {
        this.version = new Version(context.getBundle().getVersion().toString());
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/answer")
                .open()
                .gives(Version.class)
                .says("The version that answers")
                .to(request -> Reply.ok(version));
    }
}

package vn.sotay.platform.deploy;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.web.ModulePages;

/** {@code /api/modules}: which modules run, and the administrator's hand on them. */
@Component
public final class ModuleEndpoints implements Endpoints {

    private static final Permission MODULES = new Permission("platform.modules");
    private static final long MOST_BYTES = 20 * 1024 * 1024;

    private final ModuleManager manager;
    private final ModuleFolder folder;
    private final ModulePages pages;

    @Activate
    public ModuleEndpoints(
            @Reference ModuleManager manager, @Reference ModuleFolder folder, @Reference ModulePages pages) {
        this.manager = manager;
        this.folder = folder;
        this.pages = pages;
    }

    /** What an administrator does to a module. */
    private interface Act {
        ModuleStatus on(String id) throws ModuleException;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/modules")
                .signedIn()
                .says("The modules that run; to an administrator all, with what is wrong with them")
                .givesPage(ModuleReply.class)
                .to(this::list);
        routes.put("/api/modules")
                .needs(MODULES)
                .says("Puts in a module, or replaces it, by the bytes of its jar")
                .takesBytes(MOST_BYTES)
                .gives(ModuleReply.class)
                .to(this::upload);
        routes.post("/api/modules/{id}/start")
                .needs(MODULES)
                .says("Starts a module that was stopped, or tries again to start one that is broken")
                .gives(ModuleReply.class)
                .to(request -> act(request, manager::start));
        routes.post("/api/modules/{id}/stop")
                .needs(MODULES)
                .says("Stops a module until it is started again, also across restarts; its data stay")
                .gives(ModuleReply.class)
                .to(request ->
                        act(request, id -> manager.stop(id, request.caller().account())));
    }

    private Reply list(Request request) {
        boolean administrates = isAdministrator(request.caller());
        List<ModuleReply> modules = manager.modules().stream()
                .filter(module -> administrates || module.state() == ModuleState.RUNNING)
                .map(module -> ModuleReply.of(module, request.language(), administrates, pages))
                .toList();
        return Reply.ok(new Page<>(modules, null));
    }

    private static boolean isAdministrator(Caller caller) {
        return !caller.reach(MODULES).isEmpty();
    }

    private Reply act(Request request, Act act) {
        try {
            return reply(request, act.on(request.path("id")));
        } catch (NoSuchElementException e) {
            throw Problem.notFound();
        } catch (ModuleException e) {
            throw refused(e);
        }
    }

    private Reply upload(Request request) throws IOException {
        try {
            return reply(request, folder.upload(request.bytes()));
        } catch (ModuleException e) {
            throw refused(e);
        }
    }

    private Reply reply(Request request, ModuleStatus status) {
        return Reply.ok(ModuleReply.of(status, request.language(), true, pages));
    }

    private static RuntimeException refused(ModuleException e) {
        return Problem.other(422, "module.refused").with("line", String.valueOf(e.getMessage()));
    }
}

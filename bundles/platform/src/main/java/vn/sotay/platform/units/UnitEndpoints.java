package vn.sotay.platform.units;

import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Page;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.text.Folding;
import vn.sotay.api.unit.Unit;

/** {@code /api/units}: the organisation tree, as far as the caller may know of it. */
@Component
public final class UnitEndpoints implements Endpoints {

    private final UnitBook units;
    private final UnitChanges changes;

    @Activate
    public UnitEndpoints(@Reference UnitBook units, @Reference UnitChanges changes) {
        this.units = units;
        this.changes = changes;
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/units")
                .signedIn()
                .query("parent", UUID.class, "directly below this unit")
                .query("kind", String.class, "of this kind")
                .query("q", String.class, "with a name that has words like these, or a code that begins so")
                .says("The living units that the caller may know of, by code")
                .givesPage(Unit.class)
                .to(this::list);
        routes.get("/api/units/{id}")
                .signedIn()
                .says("A unit; a closed one names its successor")
                .gives(Unit.class)
                .to(request -> Reply.of(units.get(request.caller(), request.id("id"))));
        routes.put("/api/units/{id}")
                .needs(UnitBook.WRITE)
                .takes(UnitBody.class)
                .says("Makes a unit, or changes its name or code")
                .gives(Unit.class)
                .to(request -> Reply.of(units.put(
                        request.caller(), request.id("id"), request.body(UnitBody.class), request.ifMatch())));
        routes.get("/api/units/{id}/path")
                .signedIn()
                .says("The units from the root down to this one, itself included")
                .givesPage(Unit.class)
                .to(this::path);
        routes.get("/api/units/{id}/history")
                .signedIn()
                .says(
                        "What a unit was, and which units it has taken over, newest first; by whom, for who may change it")
                .givesPage(UnitPast.class)
                .to(request -> Reply.ok(new Page<>(units.history(request.caller(), request.id("id")), null)));
        routes.post("/api/units/{id}/move")
                .needs(UnitBook.WRITE)
                .takes(Move.class)
                .says(
                        "Lets a unit stand below another one, with all that is below it; a dry run says what would happen")
                .gives(Outcome.class)
                .to(request -> Reply.ok(
                        changes.move(request.caller(), request.id("id"), request.body(Move.class), request.ifMatch())));
        routes.post("/api/units/{id}/merge")
                .needs(UnitBook.WRITE)
                .takes(Merge.class)
                .says("Closes units and lets another one take over their members and what was written in them")
                .gives(Outcome.class)
                .to(request -> Reply.ok(changes.merge(
                        request.caller(), request.id("id"), request.body(Merge.class), request.ifMatch())));
        routes.post("/api/units/{id}/split")
                .needs(UnitBook.WRITE)
                .takes(Split.class)
                .says("Makes parts of a unit to units of their own, of the same kind and at the same place")
                .gives(Outcome.class)
                .to(request -> Reply.ok(changes.split(
                        request.caller(), request.id("id"), request.body(Split.class), request.ifMatch())));
    }

    private Reply list(Request request) {
        Caller caller = request.caller();
        UUID parent = request.query("parent", UUID.class).orElse(null);
        if (parent != null) {
            units.get(caller, parent);
        }
        String kind = request.query("kind", String.class).orElse(null);
        String typed = request.query("q", String.class).map(Folding::fold).orElse("");
        List<String> after = request.after();
        List<Unit> found = (parent == null ? units.all() : units.below(parent))
                .stream()
                        .filter(unit -> after == null || unit.code().compareTo(after.get(0)) > 0)
                        .filter(unit -> kind == null || unit.kind().equals(kind))
                        .filter(unit -> matches(unit, typed))
                        .filter(caller::sees)
                        .limit(request.limit() + 1L)
                        .toList();
        return Reply.ok(Page.of(found, request.limit(), unit -> List.of(unit.code())));
    }

    /** Whether the name has these words in this order, the last perhaps not typed to its end. */
    static boolean matches(Unit unit, String typed) {
        return typed.isEmpty()
                || unit.code().startsWith(typed)
                || (' ' + Folding.fold(unit.name())).contains(' ' + typed);
    }

    private Reply path(Request request) {
        Unit unit = units.get(request.caller(), request.id("id")).value();
        return Reply.ok(new Page<>(units.path(unit.id()), null));
    }
}

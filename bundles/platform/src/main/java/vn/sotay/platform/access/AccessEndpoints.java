package vn.sotay.platform.access;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Explained;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.member.Members;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.module.Words;
import vn.sotay.platform.pdf.Paper;

/** {@code /api/access/explain} and {@code /api/me/data}: who sees a thing and why, and what is kept about oneself. */
@Component
public final class AccessEndpoints implements Endpoints {

    /**
     * What is kept about a member.
     *
     * @param parts by kind, from all modules that run
     */
    record Data(UUID member, List<PersonalData.Part> parts) {}

    private final Store store;
    private final Units units;
    private final Members members;
    private final Readers readers;
    private final DataPaper paper;
    private final Map<String, Explained> explained = new ConcurrentHashMap<>();
    private final List<PersonalData> personal = new CopyOnWriteArrayList<>();

    @Activate
    public AccessEndpoints(
            @Reference Store store,
            @Reference Units units,
            @Reference Members members,
            @Reference Readers readers,
            @Reference Words words) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.readers = readers;
        this.paper = new DataPaper(words, units);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindExplained(Explained one) {
        explained.put(one.resource(), one);
    }

    void unbindExplained(Explained one) {
        explained.remove(one.resource(), one);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPersonalData(PersonalData one) {
        personal.add(one);
    }

    void unbindPersonalData(PersonalData one) {
        personal.remove(one);
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/access/explain")
                .signedIn()
                .query("resource", String.class, "the kind of thing, such as member or meeting; must be given")
                .query("id", UUID.class, "the thing; must be given")
                .gives(Readers.Explanation.class)
                .says("Who can read a thing, and by which role; for whoever can read it")
                .to(this::explain);
        routes.get("/api/me/data")
                .signedIn()
                .query("format", Format.class, "json (the default), or pdf, in Vietnamese")
                .gives(Data.class)
                .givesBytes()
                .says("All that is kept about the caller, by every module that runs")
                .to(this::data);
    }

    private Reply explain(Request request) {
        String resource =
                request.query("resource", String.class).orElseThrow(() -> Problem.invalid("resource", "required"));
        UUID id = request.query("id", UUID.class).orElseThrow(() -> Problem.invalid("id", "required"));
        Explained kind = explained.get(resource);
        if (kind == null) {
            throw Problem.notFound();
        }
        Explained.Subject subject = store.read(tx -> kind.find(tx, id)).orElseThrow(Problem::notFound);
        requireReader(request.caller(), subject);
        return Reply.ok(readers.explain(resource, id, subject));
    }

    /** @throws ProblemException 404: who cannot read a thing does not learn whether it is there */
    private void requireReader(Caller caller, Explained.Subject subject) {
        Unit unit = units.current(subject.unit());
        boolean own = subject.owner() != null && caller.mayForSelf(subject.read(), subject.owner());
        if (!own && !caller.may(subject.read(), unit)) {
            throw Problem.notFound();
        }
    }

    private Reply data(Request request) {
        UUID member = request.caller().member().orElseThrow(Problem::notFound);
        List<PersonalData.Part> parts = store.read(tx -> personal.stream()
                .flatMap(one -> one.of(tx, member).stream())
                .filter(part -> !part.records().isEmpty())
                .sorted(Comparator.comparing(part -> rank(part.what())))
                .toList());
        if (request.query("format", Format.class).orElse(Format.json) == Format.json) {
            return Reply.ok(new Data(member, parts));
        }
        String name = store.read(tx -> members.find(tx, member))
                .orElseThrow(Problem::notFound)
                .name();
        byte[] written = paper.of(name, request.at(), parts);
        return Reply.bytes(Paper.TYPE, out -> out.write(written))
                .header("Content-Disposition", "attachment; filename=\"so-tay.pdf\"");
    }

    /** The record first, then what else the platform has: who one is stands before what one has said. */
    private static String rank(String what) {
        if (what.equals("shell.member")) {
            return "";
        }
        return (what.startsWith("shell.") ? "0" : "1") + what;
    }
}

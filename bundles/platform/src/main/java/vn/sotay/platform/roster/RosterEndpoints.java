package vn.sotay.platform.roster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Form;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Range;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.job.Job;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.jobs.JobReplies;
import vn.sotay.platform.jobs.JobReply;
import vn.sotay.platform.jobs.Jobs;

/** {@code /api/members/import} and {@code /api/members/export}. */
@Component
public final class RosterEndpoints implements Endpoints {

    static final Permission EXPORT = new Permission("members.export");

    private static final long MOST_BYTES = 50L * 1024 * 1024;

    /**
     * What the columns of a file hold, as somebody confirmed it. Columns that are not named are left out.
     *
     * @param columns each with the field that it holds
     */
    record Confirmation(@Range(min = 1, max = 200) List<Choice> columns) {}

    /**
     * A column that is read.
     *
     * @param column its number, the first is 1
     * @param field the API's name of what it holds; null to leave it out
     */
    record Choice(
            @Range(min = 1, max = 200) int column, @Nullable String field) {}

    private final Units units;
    private final Jobs jobs;
    private final JobReplies replies;
    private final RosterImport imports;
    private final RosterExport exports;

    @Activate
    public RosterEndpoints(
            @Reference Units units,
            @Reference Jobs jobs,
            @Reference JobReplies replies,
            @Reference RosterImport imports,
            @Reference RosterExport exports) {
        this.units = units;
        this.jobs = jobs;
        this.replies = replies;
        this.imports = imports;
        this.exports = exports;
    }

    @Override
    public void routes(Routes routes) {
        routes.post("/api/members/import")
                .needs(RosterImport.PERMISSION)
                .says(
                        "Stages a roster (CSV or XLSX, in the part file) for the unit in the part unit; nothing is changed"
                                + " until the job is applied")
                .takesForm(MOST_BYTES)
                .gives(JobReply.class)
                .to(this::begin);
        routes.post("/api/jobs/{id}/confirm")
                .needs(RosterImport.PERMISSION)
                .says("Confirms what the columns of a roster hold, for a job that waits for that")
                .takes(Confirmation.class)
                .gives(JobReply.class)
                .to(this::confirm);
        routes.get("/api/members/export")
                .needs(EXPORT)
                .says("The members of a unit and all below it as a roster, or of all units that the caller may export")
                .query("unit", UUID.class, "the unit; without it all that the caller may export")
                .query("format", RosterExport.Format.class, "csv (the default) or xlsx")
                .givesBytes()
                .audited("member")
                .to(this::export);
    }

    private Reply begin(Request request) throws IOException {
        Caller caller = request.caller();
        Form form = request.form();
        Form.Upload file = form.file("file").orElseThrow(() -> Problem.invalid("file", "required"));
        Unit unit = unit(form.text("unit").orElseThrow(() -> Problem.invalid("unit", "required")));
        caller.require(RosterImport.PERMISSION, unit);
        UUID id = imports.begin(jobs, unit, caller.account(), file.name(), file.content());
        return Reply.accepted(replies.of(jobs.get(caller, id), request.language()))
                .header("Location", "/api/jobs/" + id);
    }

    /** By id, or by the organisation's code, which is what offices know. */
    private Unit unit(String named) {
        try {
            return units.get(UUID.fromString(named.strip()));
        } catch (IllegalArgumentException e) {
            return units.byCode(named.strip()).orElseThrow(Problem::notFound);
        }
    }

    private Reply confirm(Request request) {
        Confirmation confirmation = request.body(Confirmation.class);
        Job job = jobs.confirm(
                request.caller(), request.id("id"), each -> imports.confirmed(each, columns(each, confirmation)));
        return Reply.ok(replies.of(job, request.language()));
    }

    private List<Heads.Column> columns(Job job, Confirmation confirmation) {
        Map<Integer, Choice> choices = new HashMap<>();
        List<FieldError> errors = new ArrayList<>();
        Set<Field> taken = EnumSet.noneOf(Field.class);
        for (int i = 0; i < confirmation.columns().size(); i++) {
            Choice choice = confirmation.columns().get(i);
            if (choices.put(choice.column(), choice) != null) {
                errors.add(new FieldError("columns[" + i + "].column", "roster.column-twice"));
            }
            if (choice.field() == null) {
                continue;
            }
            Field field = Field.of(choice.field()).orElse(null);
            if (field == null) {
                errors.add(new FieldError("columns[" + i + "].field", "roster.no-such-field"));
            } else if (!taken.add(field)) {
                errors.add(new FieldError("columns[" + i + "].field", "roster.field-twice"));
            }
        }
        if (!taken.contains(Field.NAME) && errors.isEmpty()) {
            errors.add(new FieldError("columns", "roster.no-name-column"));
        }
        List<Heads.Column> columns = imports.columns(job).stream()
                .map(column -> {
                    Choice choice = choices.remove(column.column());
                    return new Heads.Column(
                            column.column(), column.head(), choice == null ? null : choice.field(), true);
                })
                .toList();
        if (!choices.isEmpty() && errors.isEmpty()) {
            errors.add(new FieldError("columns", "roster.no-such-column"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return columns;
    }

    private Reply export(Request request) {
        Caller caller = request.caller();
        RosterExport.Format format =
                request.query("format", RosterExport.Format.class).orElse(RosterExport.Format.csv);
        Unit unit = request.query("unit", UUID.class).map(units::get).orElse(null);
        Reach reach = caller.reach(EXPORT);
        if (unit != null) {
            caller.require(EXPORT, unit);
            reach = within(reach, unit);
        }
        Reach exported = reach;
        return Reply.bytes(format.type(), out -> exports.write(exported, format, out))
                .header("Content-Disposition", "attachment; filename=\"dang-vien." + format.name() + '"');
    }

    /** What of a reach lies within a unit: a permission for the unit alone does not reach below it. */
    private static Reach within(Reach reach, Unit unit) {
        if (reach.trees().stream().anyMatch(unit::isWithin)) {
            return new Reach(List.of(), List.of(unit));
        }
        return new Reach(
                reach.units().stream().filter(each -> each.isWithin(unit)).toList(),
                reach.trees().stream().filter(each -> each.isWithin(unit)).toList());
    }
}

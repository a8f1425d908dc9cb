package vn.sotay.dues.remittance;

import java.time.LocalDate;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.api.paper.Papers;
import vn.sotay.dues.payment.Rights;

/** What is passed on, and the reports: a table of routes, and one call each into {@link Remittances}, {@link Reports} or {@link ReportFiles}. */
@Component
public final class RemittanceEndpoints implements Endpoints {

    private static final String ONE = "/api/dues/remittances/{id}";
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    /** As what a report comes. */
    public enum Format {
        JSON,
        PDF,
        XLSX
    }

    private final Remittances remittances;
    private final Reports reports;
    private final ReportFiles files;

    @Activate
    public RemittanceEndpoints(
            @Reference Remittances remittances, @Reference Reports reports, @Reference ReportFiles files) {
        this.remittances = remittances;
        this.reports = reports;
        this.files = files;
    }

    @Override
    public void routes(Routes r) {
        r.get("/api/dues/passing")
                .needs(Rights.COUNT)
                .query("unit", UUID.class, "of this unit")
                .gives(Passing.class)
                .says("What a unit has of dues, what it keeps of them and what it would pass on now")
                .to(request -> Reply.ok(remittances.passing(request.caller(), unit(request))));
        r.get("/api/dues/remittances")
                .needs(Rights.COUNT)
                .query("unit", UUID.class, "that this unit passed on")
                .query("superior", UUID.class, "that came to this unit")
                .query("state", Remittance.State.class, "in this state")
                .query("from", LocalDate.class, "from this day")
                .query("to", LocalDate.class, "to this day, itself included")
                .givesPage(Remittance.class)
                .says("What a unit passed on, or got, by day")
                .to(this::list);
        r.get(ONE)
                .needs(Rights.COUNT)
                .gives(Remittance.class)
                .says("What was passed on once")
                .to(request -> Reply.of(remittances.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Rights.COUNT)
                .takes(Remittance.class)
                .gives(Remittance.class)
                .says(
                        "Pass on what a unit has: the amount is what /api/dues/passing says, so that nobody hands over other"
                                + " than was counted")
                .to(request ->
                        Reply.of(remittances.put(request.caller(), request.id("id"), request.body(Remittance.class))));
        r.post(ONE + "/acknowledge")
                .needs(Rights.SETTLE)
                .gives(Remittance.class)
                .says("Say that it has come; then it stays")
                .to(request -> Reply.of(remittances.acknowledge(request.caller(), request.id("id"))));
        r.post(ONE + "/withdraw")
                .needs(Rights.COUNT)
                .gives(Remittance.class)
                .says("Take it back before it was acknowledged")
                .to(request -> Reply.of(remittances.withdraw(request.caller(), request.id("id"))));
        r.get(ONE + "/slip")
                .needs(Rights.COUNT)
                .givesBytes()
                .says("The slip that goes with the money, as PDF in Vietnamese")
                .to(this::slip);

        r.get("/api/dues/reports/b01")
                .needs(Rights.COUNT)
                .query("unit", UUID.class, "of this unit and all below it")
                .query("quarter", String.class, "2026-Q4")
                .query("format", Format.class, "JSON, if it does not say")
                .gives(B01.class)
                .givesBytes()
                .says("The quarterly report B01/ĐP")
                .to(this::b01);
        r.get("/api/dues/reports/ledger")
                .needs(Rights.COLLECT)
                .query("unit", UUID.class, "of this unit")
                .query("year", Integer.class, "2026")
                .query("format", Format.class, "JSON, if it does not say")
                .gives(Ledger.class)
                .givesBytes()
                .audited("dues-ledger")
                .says("What a unit took of each member in a year, and passed on")
                .to(this::ledger);
        r.get("/api/dues/reports/committee")
                .needs(Rights.COUNT)
                .query("unit", UUID.class, "of this committee")
                .query("year", Integer.class, "2026")
                .query("format", Format.class, "JSON, if it does not say")
                .gives(CommitteeLedger.class)
                .givesBytes()
                .says("What a committee got from below in a year, kept and passed up, by month and to date")
                .to(this::committee);
        r.get("/api/dues/reports/roll-up")
                .needs(Rights.COUNT)
                .query("unit", UUID.class, "of this unit and all below it")
                .gives(RollUp.class)
                .says("Whether all sums agree, added up again")
                .to(request -> Reply.ok(reports.rollUp(request.caller(), unit(request))));
    }

    private Reply list(Request request) {
        Remittances.Filter filter = new Remittances.Filter(
                request.query("unit", UUID.class).orElse(null),
                request.query("superior", UUID.class).orElse(null),
                request.query("state", Remittance.State.class).orElse(null),
                request.query("from", LocalDate.class).orElse(FIRST),
                request.query("to", LocalDate.class).orElse(LAST));
        return Reply.ok(remittances.list(request.caller(), filter, request.limit(), request.after()));
    }

    private Reply slip(Request request) {
        byte[] paper = files.slip(request.caller(), request.id("id"));
        return Reply.bytes(Papers.TYPE, out -> out.write(paper))
                .header("Content-Disposition", "attachment; filename=\"phieu-nop-dang-phi.pdf\"");
    }

    private Reply b01(Request request) {
        B01 report = reports.b01(
                request.caller(),
                unit(request),
                request.query("quarter", String.class).orElse(""));
        String name = "b01-dp-" + report.quarter();
        return switch (format(request)) {
            case JSON -> Reply.ok(report);
            case PDF -> file(Papers.TYPE, name + ".pdf", files.pdf(report));
            case XLSX -> file(ReportFiles.XLSX, name + ".xlsx", files.xlsx(report));
        };
    }

    private Reply ledger(Request request) {
        int year = request.query("year", Integer.class).orElse(0);
        Ledger ledger = reports.ledger(request.caller(), unit(request), year);
        String name = "so-thu-nop-dang-phi-" + year;
        return switch (format(request)) {
            case JSON -> Reply.ok(ledger);
            case PDF -> file(Papers.TYPE, name + ".pdf", files.pdf(ledger));
            case XLSX -> file(ReportFiles.XLSX, name + ".xlsx", files.xlsx(ledger));
        };
    }

    private Reply committee(Request request) {
        int year = request.query("year", Integer.class).orElse(0);
        CommitteeLedger ledger = reports.committee(request.caller(), unit(request), year);
        String name = "so-thu-nop-dang-phi-cap-uy-" + year;
        return switch (format(request)) {
            case JSON -> Reply.ok(ledger);
            case PDF -> file(Papers.TYPE, name + ".pdf", files.pdf(ledger));
            case XLSX -> file(ReportFiles.XLSX, name + ".xlsx", files.xlsx(ledger));
        };
    }

    private static Format format(Request request) {
        return request.query("format", Format.class).orElse(Format.JSON);
    }

    private static Reply file(String type, String name, byte[] content) {
        return Reply.bytes(type, out -> out.write(content))
                .header("Content-Disposition", "attachment; filename=\"" + name + '"');
    }

    private static UUID unit(Request request) {
        return request.query("unit", UUID.class).orElseThrow(() -> Problem.invalid("unit", "required"));
    }
}

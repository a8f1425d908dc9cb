package vn.sotay.platform.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code audit verify} of the command line says. */
final class AuditLines {

    private AuditLines() {}

    /** The exit code, and then what the operator reads. */
    static List<String> of(AuditVerdict verdict) {
        List<String> lines = new ArrayList<>();
        String seen = verdict.rows() + " rows in " + verdict.seals() + " seals, " + verdict.open() + " not sealed yet";
        if (verdict.ok()) {
            return List.of("0", "The audit trail is whole: " + seen);
        }
        lines.add("2");
        lines.add("The audit trail was touched: " + seen);
        for (AuditVerdict.Fault fault : verdict.faults()) {
            String other = fault.other() == null ? "" : " with row " + fault.other();
            String at = Optional.ofNullable(fault.at()).map(time -> ", " + time).orElse("");
            lines.add("  " + fault.kind() + " row " + fault.seq() + other + at);
        }
        return lines;
    }
}

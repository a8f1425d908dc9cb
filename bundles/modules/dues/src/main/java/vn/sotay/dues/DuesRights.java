package vn.sotay.dues;

import java.util.UUID;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.Members;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;

/** Who may what, as {@code module.json} gives it to roles. */
final class DuesRights {

    /** What a member owes and has declared, but for income. */
    static final Permission READ = new Permission("dues.read");

    /** To declare, and to ask for exemptions. */
    static final Permission DECLARE = new Permission("dues.declare");

    /** To decide about exemptions. */
    static final Permission GRANT = new Permission("dues.grant");

    /** Counts and totals. */
    static final Permission COUNT = new Permission("dues.count");

    /** To have a month assessed. */
    static final Permission ASSESS = new Permission("dues.assess");

    private final Members members;
    private final Units units;

    DuesRights(Members members, Units units) {
        this.members = members;
        this.units = units;
    }

    /** The member, if the caller has the permission for it: for itself, or as leader of its cell. To others nothing is told of it. */
    Member member(Transaction tx, Caller caller, Permission permission, UUID id) {
        Member member = members.find(tx, id).orElseThrow(Problem::notFound);
        if (!caller.mayForSelf(permission, id) && !caller.may(permission, units.current(member.cell()))) {
            throw Problem.notFound();
        }
        return member;
    }

    /** The cell, if the caller leads it. */
    Unit cell(Caller caller, Permission permission, UUID id) {
        Unit cell = units.get(id);
        caller.require(permission, cell);
        if (!units.isCell(cell)) {
            throw Problem.invalid("cell", "not-a-cell");
        }
        return cell;
    }

    static boolean isSelf(Caller caller, UUID member) {
        return caller.member().filter(member::equals).isPresent();
    }
}

package vn.sotay.api.member;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;
import vn.sotay.api.store.Transaction;

/**
 * Gives all that a module keeps about a member, so that the member can see and take it: {@code GET /api/me/data}. A Declarative Services
 * component; called by many threads at once.
 */
@ConsumerType
public interface PersonalData {

    /**
     * Records of one kind.
     *
     * @param what {@code <module>.<kind>}: its title is {@code data.<kind>} of the module's texts
     * @param records by the field's name, with texts, numbers, instants, days and booleans of the JDK alone
     */
    record Part(String what, List<Map<String, Object>> records) {

        public Part {
            records = List.copyOf(records);
        }
    }

    /** What is kept about the member, the newest first; kinds without records are left out. */
    List<Part> of(Transaction tx, UUID member);
}

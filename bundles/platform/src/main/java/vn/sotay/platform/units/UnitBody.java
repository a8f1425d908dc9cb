package vn.sotay.platform.units;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Text;
import vn.sotay.api.unit.UnitState;

/**
 * A unit as a client sends it: what it was given may be sent back as it is.
 *
 * @param id may be left out; else that of the address
 * @param parent null at the root alone
 * @param path follows from the parent: whatever is sent is left aside, as are state and successor
 */
record UnitBody(
        @Nullable UUID id,
        @Nullable UUID parent,
        @Text(max = 40) String kind,
        @Text(max = 20) String code,
        @Text(max = 200) String name,
        @Nullable @Text(max = 700) String path,
        @Nullable UnitState state,
        @Nullable UUID successor) {}

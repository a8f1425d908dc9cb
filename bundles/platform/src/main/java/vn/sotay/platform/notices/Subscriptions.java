package vn.sotay.platform.notices;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.access.Sessions;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.push.Receiver;

/** The browsers that members want to be told on while the handbook is closed. Thread-safe. */
@Component(service = {Subscriptions.class, PersonalData.class})
public final class Subscriptions implements PersonalData {

    /** A phone or two, a tablet and a computer; of more the oldest goes. */
    private static final int MOST = 5;

    private static final String TYPE = "push";

    /**
     * How it stands.
     *
     * @param key by which a browser subscribes; null while the province has not opened this way
     * @param here whether the browser that asks is told
     * @param devices on how many the caller is told
     */
    record Standing(@Nullable String key, boolean here, int devices) {}

    private final Store store;
    private final Sessions sessions;
    private final PushGateway gateway;
    private final PushRows rows;

    @Activate
    public Subscriptions(
            @Reference Store store,
            @Reference Sessions sessions,
            @Reference PushGateway gateway,
            @Reference FieldKeys keys) {
        this.store = store;
        this.sessions = sessions;
        this.gateway = gateway;
        this.rows = new PushRows(keys);
    }

    private static UUID self(Caller caller) {
        return caller.member().orElseThrow(Problem::notFound);
    }

    Standing of(Caller caller) {
        UUID self = self(caller);
        return store.read(tx -> new Standing(
                gateway.key(),
                sessions.place(tx, caller)
                        .map(place -> rows.isThere(tx.handle(), place))
                        .orElse(false),
                rows.of(tx.handle(), self).size()));
    }

    /** From now on the caller is told on the browser that asks. */
    void begin(Caller caller, PushRows.Browser browser) {
        UUID self = self(caller);
        if (!gateway.isOpen()) {
            throw Problem.conflict("push-closed");
        }
        List<FieldError> errors = new ArrayList<>();
        if (gateway.allowed(browser.endpoint()).isEmpty()) {
            errors.add(new FieldError("endpoint", "push-service"));
        }
        try {
            Receiver.of(browser.p256dh(), browser.auth());
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError("p256dh", "push-key"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        store.change(tx -> {
            rows.save(tx, self, sessions.place(tx, caller).orElseThrow(Problem::notFound), browser, MOST);
            tx.audited(AuditKind.WRITE, TYPE, null, self, "on");
        });
    }

    /** The browser that asks is told nothing any more. */
    void end(Caller caller) {
        UUID self = self(caller);
        store.change(tx -> {
            sessions.place(tx, caller).ifPresent(place -> rows.remove(tx, place));
            tx.audited(AuditKind.WRITE, TYPE, null, self, "off");
        });
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        return List.of(new Part(
                "shell.push",
                rows.of(tx.handle(), member).stream()
                        .map(one -> Map.<String, Object>of(
                                "service", URI.create(one.browser().endpoint()).getHost(), "since", one.madeAt()))
                        .toList()));
    }
}

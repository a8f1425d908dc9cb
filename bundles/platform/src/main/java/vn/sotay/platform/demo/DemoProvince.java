package vn.sotay.platform.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.member.Member;
import vn.sotay.api.module.Demo;
import vn.sotay.api.module.DemoData;
import vn.sotay.api.module.SotayModule;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Accounts;
import vn.sotay.platform.access.Accounts.NewAccount;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.rules.RuleFiles;
import vn.sotay.platform.units.UnitBook;

/**
 * What is there at the very first start: a demo province with people to sign in as, or else a root and an administrator. A demo that was
 * cut off is finished at the next start. Modules that come later show what they have as well, once each.
 */
@Component(
        service = DemoFiller.class,
        configurationPid = "vn.sotay.demo",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DemoConfig.class)
public final class DemoProvince implements DemoFiller, Demo {

    private static final Logger LOG = LoggerFactory.getLogger(DemoProvince.class);
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final String PROVINCE = "platform";
    private static final String PASSWORD = "SOTAY_DEMO_PASSWORD";
    private static final String ADMIN_PASSWORD = "SOTAY_ADMIN_PASSWORD";
    private static final int SLICE = 400;

    private final Store store;
    private final UnitBook units;
    private final MemberBook members;
    private final Accounts accounts;
    private final DemoRows rows;
    private final Clock clock;
    private final String wanted;
    private final Map<String, String> environment;

    private final Map<String, DemoData> modules = new LinkedHashMap<>();
    private Runnable confirmRules = () -> {};
    private boolean isFilled;
    private volatile boolean stopped;

    @Activate
    public DemoProvince(
            DemoConfig config,
            @Reference Store store,
            @Reference UnitBook units,
            @Reference MemberBook members,
            @Reference Accounts accounts) {
        this(config.size(), store, units, members, accounts, Clock.systemUTC(), System.getenv());
    }

    DemoProvince(
            String wanted,
            Store store,
            UnitBook units,
            MemberBook members,
            Accounts accounts,
            Clock clock,
            Map<String, String> environment) {
        this.wanted = wanted;
        this.store = store;
        this.units = units;
        this.members = members;
        this.accounts = accounts;
        this.rows = new DemoRows(store);
        this.clock = clock;
        this.environment = environment;
    }

    /** What a real province must confirm is in force in a made-up one. */
    @Reference
    void setRules(RuleFiles rules) {
        confirmRules = rules::confirmAll;
    }

    @Deactivate
    void stop() {
        stopped = true;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(DemoData data, ServiceReference<DemoData> reference) {
        reference.getBundle().adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE).stream()
                .map(capability -> (String) capability.getAttributes().get(SotayModule.NAMESPACE))
                .findFirst()
                .ifPresent(module -> bind(module, data));
    }

    void unbind(DemoData data) {
        synchronized (modules) {
            modules.values().remove(data);
        }
    }

    void bind(String module, DemoData data) {
        synchronized (modules) {
            modules.put(module, data);
            if (!isFilled) {
                return;
            }
        }
        // the module is just starting: it must not wait for what it shows
        Thread later = new Thread(() -> show(module), "demo of " + module);
        later.setDaemon(true);
        later.start();
    }

    // ---- for the modules

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    @Override
    public Caller as(String login) {
        return accounts.as(login);
    }

    @Override
    public UUID id(String words) {
        return DemoIds.of(words);
    }

    // ---- the first start

    @Override
    public void fill() {
        Optional<DemoRows.Done> done = rows.find(PROVINCE);
        if (done.isPresent()) {
            if (!done.get().finished()) {
                make(done.get());
            }
        } else if (units.root().isEmpty() && accounts.isEmpty()) {
            begin();
        } else if (wanted.equals("small") || wanted.equals("full")) {
            LOG.warn("No demo is made: there is a province already. A demo wants a new data directory or database");
        }
        if (rows.find(PROVINCE).isPresent()) {
            confirmRules.run();
        }
        List<String> waiting;
        synchronized (modules) {
            isFilled = true;
            waiting = new ArrayList<>(modules.keySet());
        }
        waiting.forEach(this::show);
    }

    private void begin() {
        if (wanted.equals("none")) {
            appoint();
            return;
        }
        DemoSize size = wanted.isEmpty() ? DemoSize.SMALL : DemoSize.valueOf(wanted.toUpperCase(Locale.ROOT));
        // the people age by the month, so that two demos of one month are alike
        DemoRows.Done begun = new DemoRows.Done(size, today().withDayOfMonth(1), false);
        rows.write(PROVINCE, begun);
        make(begun);
    }

    private void make(DemoRows.Done begun) {
        DemoPlan plan = new DemoPlan(begun.size(), begun.day());
        List<Unit> missing = plan.units().stream()
                .filter(unit -> units.find(unit.id()).isEmpty())
                .toList();
        for (int from = 0; from < missing.size(); from += SLICE) {
            units.add(missing.subList(from, Math.min(from + SLICE, missing.size())));
        }
        for (int commune = 0; commune < plan.communes() && !stopped; commune++) {
            List<Member> people = plan.members(commune);
            for (int from = 0; from < people.size(); from += SLICE) {
                add(people.subList(from, Math.min(from + SLICE, people.size())), begun.day());
            }
        }
        if (stopped) {
            return;
        }
        if (accounts.isEmpty()) {
            signIns(plan);
        }
        rows.write(PROVINCE, new DemoRows.Done(begun.size(), begun.day(), true));
    }

    /** All of a slice or nothing is there. */
    private void add(List<Member> slice, LocalDate day) {
        store.change(tx -> {
            if (members.find(tx, slice.get(0).id()).isEmpty()) {
                members.add(tx, slice, member -> member.admittedOn() == null ? day : member.admittedOn());
            }
        });
    }

    private void signIns(DemoPlan plan) {
        UUID province = DemoIds.of("unit " + DemoPlan.PROVINCE_CODE);
        UUID commune = DemoIds.of("unit " + DemoPlan.HOME_COMMUNE);
        UUID otherCommune = DemoIds.of("unit " + DemoPlan.OTHER_COMMUNE);
        UUID home = DemoIds.of("unit " + DemoPlan.HOME_CELL);
        UUID other = DemoIds.of("unit " + DemoPlan.OTHER_CELL);
        String given = environment.get(PASSWORD);
        String password = given == null || given.isEmpty() ? accounts.randomPassword() : given;
        NewAccount[] people = {
            account("admin", null, "ADMINISTRATOR", province),
            account("editor", null, "EDITOR", province),
            account("editor2", null, "EDITOR", province),
            account("officer", null, "OFFICER", province),
            account("officer2", null, "OFFICER", commune),
            account("officer3", null, "OFFICER", otherCommune),
            account("secretary", plan.memberOf(DemoPlan.HOME_CELL, DemoPlan.SECRETARY), "SECRETARY", home),
            account("member", plan.memberOf(DemoPlan.HOME_CELL, DemoPlan.MEMBER), null, home),
            account("fisherman", plan.memberOf(DemoPlan.HOME_CELL, DemoPlan.FISHERMEN.get(0)), null, home),
            account("secretary2", plan.memberOf(DemoPlan.OTHER_CELL, 0), "SECRETARY", other),
            account("member2", plan.memberOf(DemoPlan.OTHER_CELL, 1), null, other)
        };
        accounts.create(password, people);
        String logins = String.join(
                ", ", List.of(people).stream().map(NewAccount::login).toList());
        say("Demo sign-ins: " + logins + "; password: " + (password.equals(given) ? "as in " + PASSWORD : password));
    }

    private NewAccount account(String login, @Nullable UUID member, @Nullable String role, UUID unit) {
        return new NewAccount(
                login,
                member,
                role == null
                        ? List.of()
                        : List.of(new Mandate(role, unit, today().minusYears(1).withDayOfMonth(1), null)));
    }

    /** The province begins with its root and somebody who may do the rest. */
    private void appoint() {
        Unit root = units.begin(UUID.randomUUID(), "00", "Tỉnh");
        String given = environment.get(ADMIN_PASSWORD);
        String password = given == null || given.isEmpty() ? accounts.randomPassword() : given;
        accounts.create(password, account("admin", null, "ADMINISTRATOR", root.id()));
        say("First sign-in: admin; password: " + (password.equals(given) ? "as in " + ADMIN_PASSWORD : password));
    }

    /** To the terminal alone: a password is not for the log. */
    private static void say(String line) {
        System.out.println(line);
    }

    // ---- what modules show

    private void show(String module) {
        DemoData data;
        synchronized (modules) {
            data = modules.get(module);
        }
        DemoRows.Done province =
                rows.find(PROVINCE).filter(DemoRows.Done::finished).orElse(null);
        if (data == null || province == null || rows.find(module).isPresent()) {
            return;
        }
        // told before it is tried: what failed once is not tried at each start
        rows.write(module, new DemoRows.Done(province.size(), today(), true));
        try {
            data.fill(this);
        } catch (Exception e) {
            LOG.warn("The demo goes without what {} would show: {}", module, e.toString());
            LOG.debug("The demo of {} failed", module, e);
        }
    }
}

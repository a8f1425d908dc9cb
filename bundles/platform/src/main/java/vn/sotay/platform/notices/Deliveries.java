package vn.sotay.platform.notices;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.sotay.api.access.Audience;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.member.Member;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.module.AfterStart;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.Words;
import vn.sotay.platform.notices.DeliveryRows.Batch;
import vn.sotay.platform.notices.DeliveryRows.Recipient;
import vn.sotay.platform.notices.DeliveryRows.Way;
import vn.sotay.platform.store.CommitListener;
import vn.sotay.platform.store.Engine;

/**
 * Brings notices to those who do not look: works out who gets each by what, a slice of the audience in each transaction, and hands them to
 * the gateways, a few at a time, so that memory does not grow with the audience. A message is marked before it goes out and after, and has a
 * key: killed in between, it goes out again under the same key. What no gateway takes is tried by the next channel, and at last told by word
 * of mouth. Thread-safe.
 */
@Component(service = Deliveries.class, immediate = true, configurationPid = "vn.sotay.notices")
@Designate(ocd = NoticesConfig.class)
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** Members whose ways are worked out in one transaction. */
    private static final int SLICE = 500;
    /** Messages that are on their way at once, of a channel. */
    private static final int AT_ONCE = 16;

    private static final int SENDERS = 4;
    private static final int MOST_TRIES = 4;
    private static final int TIMES_LONGER = 5;
    private static final int OLD_AT_ONCE = 100;
    private static final int OLD_DELIVERIES_AT_ONCE = 1000;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);
    private static final Duration NO_WORDS = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Store store;
    private final Engine engine;
    private final Units units;
    private final MemberBook members;
    private final NoticeRules rules;
    private final NoticeRows notices;
    private final PreferenceRows preferences;
    private final DeliveryRows rows;
    private final NoticeWords words;
    private final Words ours;
    private final String address;
    private final Duration retry;
    private final Map<Channel, Gateway> gateways = new EnumMap<>(Channel.class);
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS, task -> {
        Thread thread = new Thread(task, "sotay-notice-sender");
        thread.setDaemon(true);
        return thread;
    });
    private final Object doorbell = new Object();
    private long rung;
    private volatile boolean stopping;

    private final CommitListener listener = new CommitListener() {
        @Override
        public void committed(Set<String> types, Set<Audience> audiences) {
            if (types.contains(Told.TYPE.name())) {
                ring();
            }
        }
    };

    @Activate
    public Deliveries(
            @Reference Store store,
            @Reference Engine engine,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference NoticeRules rules,
            @Reference FieldKeys keys,
            @Reference Words words,
            @Reference(target = "(channel=PUSH)") Gateway push,
            @Reference(target = "(channel=MAIL)") Gateway mail,
            @Reference(target = "(channel=SMS)") Gateway sms,
            @Reference(target = "(sotay=ready)") CompletableFuture<String> ready,
            NoticesConfig config) {
        this.store = store;
        this.engine = engine;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.notices = new NoticeRows(keys);
        this.preferences = new PreferenceRows(keys);
        this.rows = new DeliveryRows(preferences, units);
        this.words = new NoticeWords(words);
        this.ours = words;
        this.address = config.address().replaceAll("/+$", "");
        this.retry = Duration.ofSeconds(Math.max(1, config.retrySeconds()));
        for (Gateway gateway : List.of(push, mail, sms)) {
            if (gateway.isOpen()) {
                gateways.put(gateway.channel(), gateway);
            }
        }
        engine.listen(listener);
        AfterStart.run(ready, () -> {
            // what was started to look at the data alone tells nobody
            if (!ready.join().isEmpty()) {
                start();
            }
        });
    }

    private synchronized void start() {
        if (stopping) {
            return;
        }
        threads.add(new Thread(() -> work(this::spread, () -> Optional.empty()), "sotay-notices"));
        gateways.forEach((channel, gateway) -> threads.add(new Thread(
                () -> work(() -> drain(channel, gateway), () -> store.read(tx -> rows.next(tx.handle(), channel))),
                "sotay-notices-" + channel)));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Deactivate
    void stop() throws InterruptedException {
        // not interrupted: the embedded database does not bear that in the middle of its work
        synchronized (this) {
            stopping = true;
        }
        engine.unlisten(listener);
        ring();
        for (Thread thread : threads) {
            thread.join(LONGEST.toMillis());
        }
        senders.shutdown();
        senders.awaitTermination(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ring() {
        synchronized (doorbell) {
            rung++;
            doorbell.notifyAll();
        }
    }

    // ---- the threads

    private interface Work {
        /** @return whether there may be more to do */
        boolean run() throws InterruptedException;
    }

    private interface Next {
        Optional<Instant> due();
    }

    private void work(Work work, Next next) {
        while (!stopping) {
            long before;
            synchronized (doorbell) {
                before = rung;
            }
            try {
                if (!work.run()) {
                    await(before, until(next.due()));
                }
            } catch (ProblemException e) {
                LOG.debug("notices wait for the database: {}", e.getMessage());
                await(before, COME_AGAIN);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.error("Notices cannot be delivered; trying again later", e);
                    await(before, LOOK_AGAIN);
                }
            }
        }
    }

    private Duration until(Optional<Instant> due) {
        Duration left = due.map(then -> Duration.between(Instant.now(), then)).orElse(LOOK_AGAIN);
        return left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left.isNegative() ? Duration.ZERO : left;
    }

    private void await(long before, Duration most) {
        synchronized (doorbell) {
            if (rung == before && !stopping) {
                try {
                    doorbell.wait(most.toMillis() + 1);
                } catch (InterruptedException e) {
                    stopping = true;
                }
            }
        }
    }

    // ---- who gets it by what

    private boolean spread() {
        Optional<DeliveryRows.Spreading> next = store.read(tx -> rows.toSpread(tx.handle()));
        if (next.isEmpty()) {
            return forget();
        }
        store.change(tx -> spread(tx, next.get()));
        ring();
        return true;
    }

    private void spread(Transaction tx, DeliveryRows.Spreading of) {
        if (!rows.begin(tx, of.notice())) {
            return;
        }
        NoticeRows.Row notice = notices.find(tx.handle(), of.notice()).orElse(null);
        if (notice == null || notice.told().urgency() == Urgency.LOW) {
            rows.spread(tx, of.notice(), List.of(), null);
            return;
        }
        List<Recipient> some = rows.recipients(
                tx.handle(), of.audience(), notice.told().born(), Times.day(tx.now()), of.after(), SLICE);
        Set<UUID> told = rows.toldAlready(tx.handle(), of.notice(), some);
        Instant looks = rules.looksSince(tx.now());
        List<Way> ways = some.stream()
                .filter(one -> !told.contains(one.member()))
                .map(one -> way(tx.now(), one, notice.told().urgency(), looks))
                .filter(Objects::nonNull)
                .toList();
        String reached =
                some.size() < SLICE ? null : some.get(some.size() - 1).member().toString();
        rows.spread(tx, of.notice(), ways, reached);
    }

    private @Nullable Way way(Instant now, Recipient one, Urgency urgency, Instant looks) {
        List<Channel> channels = channels(one);
        if (!channels.isEmpty()) {
            Times.Quiet quiet = one.preference().quiet(rules.quiet(now, units.get(one.cell())));
            Instant at = Times.first(now, urgency, quiet, one.preference().daily());
            return new Way(one.member(), channels.get(0), urgency == Urgency.URGENT ? ahead(at) : at);
        }
        Instant used = one.usedAt();
        return used != null && used.isAfter(looks) ? null : new Way(one.member(), Channel.CALL, now);
    }

    /** Before all that waits and is not urgent: the oldest goes first. */
    private static Instant ahead(Instant now) {
        return now.minus(Duration.ofDays(1));
    }

    /** By what it may go to somebody, the best first. */
    private List<Channel> channels(Recipient one) {
        Stream<Channel> browsers = one.hasBrowser() ? Stream.of(Channel.PUSH) : Stream.of();
        Stream<Channel> others = one.preference().channels().stream()
                .filter(channel -> channel == Channel.MAIL ? one.preference().mail() != null : one.hasPhone());
        return Stream.concat(browsers, others).filter(gateways::containsKey).toList();
    }

    /** What was sent long ago goes; some of it at once, of what went to a whole province too. */
    private boolean forget() {
        return store.write(tx -> {
            int left = OLD_DELIVERIES_AT_ONCE;
            List<UUID> old = notices.before(tx.handle(), rules.keptSince(tx.now()), OLD_AT_ONCE);
            for (UUID id : old) {
                left -= rows.forget(tx, id, left);
                if (left <= 0) {
                    return true;
                }
                notices.find(tx.handle(), id).ifPresent(row -> tx.removed(Told.TYPE, id, row.version() + 2));
                notices.delete(tx, id);
            }
            return old.size() == OLD_AT_ONCE;
        });
    }

    // ---- what goes out

    private boolean drain(Channel channel, Gateway gateway) throws InterruptedException {
        List<Batch> batches = store.write(tx -> rows.take(tx, channel, AT_ONCE, member -> later(tx, member)));
        senders.invokeAll(batches.stream()
                .map(batch -> Executors.callable(() -> send(batch, gateway)))
                .toList());
        return !batches.isEmpty();
    }

    /** When the next goes out to somebody who wants to hear nothing now, or has got enough today; null for now. */
    private @Nullable Instant later(Transaction tx, UUID member) {
        Member of = members.find(tx, member).orElse(null);
        if (of == null) {
            return null;
        }
        Unit cell = units.get(of.cell());
        Preference preference = preferences.find(tx.handle(), member).orElse(Preference.NONE);
        return Times.later(
                tx.now(),
                preference.quiet(rules.quiet(tx.now(), cell)),
                rows.sentSince(tx.handle(), member, Times.today(tx.now())) >= rules.mostOfDay(tx.now(), cell));
    }

    private record Prepared(
            @Nullable Outgoing message, @Nullable Recipient to) {}

    private void send(Batch batch, Gateway gateway) {
        if (stopping) {
            return;
        }
        try {
            Prepared prepared = store.read(tx -> prepare(tx, batch));
            if (prepared.to() == null) {
                store.change(tx -> rows.dropped(tx, batch));
                return;
            }
            if (prepared.message() == null) {
                // its module does not run: nobody else has its words
                store.change(tx -> rows.again(
                        tx, batch, batch.lines().get(0).attempts(), tx.now().plus(NO_WORDS)));
                return;
            }
            hand(batch, gateway, prepared.message(), prepared.to());
        } catch (ProblemException e) {
            // it stays marked as going out, and is taken again
            LOG.debug("a notice waits for the database: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A notice could not be sent; it is tried again", e);
            failed(batch, null, Duration.ZERO);
        }
    }

    private void hand(Batch batch, Gateway gateway, Outgoing message, Recipient to) {
        try {
            gateway.send(message);
            store.change(tx -> rows.sent(tx, batch));
        } catch (Gateway.RefusedException e) {
            LOG.debug("{} is refused: {}", batch.channel(), e.getMessage());
            failed(batch, to, null);
        } catch (IOException e) {
            LOG.debug("{} does not take a notice now: {}", batch.channel(), e.getMessage());
            failed(batch, to, e instanceof Gateway.LaterException later ? later.after() : Duration.ZERO);
        }
    }

    /** @param wait how long at least before it is tried again; null: it is not taken, however often */
    private void failed(Batch batch, @Nullable Recipient to, @Nullable Duration wait) {
        int tries = batch.lines().get(0).attempts() + 1;
        store.change(tx -> {
            if (wait != null && tries < MOST_TRIES) {
                long usual = retry.toMillis() * (long) Math.pow(TIMES_LONGER, tries - 1.0);
                rows.again(tx, batch, tries, tx.now().plusMillis(Math.max(usual, wait.toMillis())));
                return;
            }
            // whom something of ours keeps from being told is told by word of mouth
            List<Channel> channels = to == null ? List.of() : channels(to);
            int next = channels.indexOf(batch.channel()) + 1;
            rows.other(
                    tx,
                    batch,
                    next < channels.size() && next > 0 ? channels.get(next) : Channel.CALL,
                    isUrgent(tx, batch) ? ahead(tx.now()) : tx.now());
        });
        ring();
    }

    private boolean isUrgent(Transaction tx, Batch batch) {
        return batch.lines().stream()
                .flatMap(line -> notices.find(tx.handle(), line.notice()).stream())
                .anyMatch(row -> row.told().urgency() == Urgency.URGENT);
    }

    /** What goes out, and to whom; nobody if there is no such member any more, or no such address. */
    private Prepared prepare(Transaction tx, Batch batch) {
        Recipient to =
                rows
                        .recipients(tx.handle(), Audience.member(batch.member()), null, Times.day(tx.now()), null, 1)
                        .stream()
                        .findFirst()
                        .orElse(null);
        if (to == null) {
            return new Prepared(null, null);
        }
        String where =
                switch (batch.channel()) {
                    case MAIL -> to.preference().mail();
                    case SMS ->
                        members.find(tx, batch.member()).map(Member::phone).orElse(null);
                    case PUSH, CALL -> null;
                };
        List<NoticeRows.Row> found = batch.lines().stream()
                .map(line -> notices.find(tx.handle(), line.notice()))
                .flatMap(Optional::stream)
                .toList();
        // what was going out when Sotay was killed may have been taken back since
        if (found.stream().allMatch(NoticeRows.Row::withdrawn)) {
            return new Prepared(null, null);
        }
        if (!found.stream().map(NoticeRows.Row::told).allMatch(words::isKnown)) {
            return new Prepared(null, to);
        }
        // an address that was taken away meanwhile is refused by each gateway
        return new Prepared(message(batch, where == null ? "" : where, found, to), to);
    }

    private Outgoing message(Batch batch, String where, List<NoticeRows.Row> found, Recipient to) {
        Locale language = to.preference().language();
        List<NoticeWords.Said> said =
                found.stream().map(one -> words.say(one.told(), language)).toList();
        NoticeRows.Row first = found.get(0);
        boolean isOne = found.size() == 1;
        String path = isOne ? first.told().link() : "/notices";
        return new Outgoing(
                batch.id().toString(),
                batch.member(),
                where,
                isOne ? said.get(0).title() : own(language, "notices.several", Map.of("count", said.size())),
                batch.channel() == Channel.PUSH ? shown(found, said, language) : text(said) + link(path),
                path,
                isOne && first.about() != null ? topic(first) : batch.id(),
                found.stream().anyMatch(one -> one.told().urgency() == Urgency.URGENT)
                        ? Urgency.URGENT
                        : Urgency.NORMAL,
                language);
    }

    /** The same for all that a module tells about one thing. */
    private static UUID topic(NoticeRows.Row row) {
        return UUID.nameUUIDFromBytes((row.told().module() + ' ' + row.about()).getBytes(StandardCharsets.UTF_8));
    }

    /** A phone that lies on the table is read by others: what is for one alone is said by its title only. */
    private String shown(List<NoticeRows.Row> found, List<NoticeWords.Said> said, Locale language) {
        return found.stream().anyMatch(one -> one.audience().kind() == Audience.Kind.MEMBER)
                ? own(language, "notices.personal", Map.of())
                : text(said);
    }

    private static String text(List<NoticeWords.Said> said) {
        return said.size() == 1
                ? said.get(0).text()
                : said.stream()
                        .map(one -> "- " + one.title() + ". " + one.text())
                        .collect(Collectors.joining("\n"));
    }

    private String own(Locale language, String key, Map<String, ?> values) {
        return ours.say(Module.PLATFORM, language, key, values);
    }

    private String link(String path) {
        return address.isEmpty() ? "" : "\n" + address + path;
    }
}

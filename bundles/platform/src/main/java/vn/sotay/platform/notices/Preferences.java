package vn.sotay.platform.notices;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.http.FieldError;
import vn.sotay.api.http.Problem;
import vn.sotay.api.http.Text;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.PersonalData;
import vn.sotay.api.notice.Urgency;
import vn.sotay.api.store.AuditKind;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Units;
import vn.sotay.platform.keys.FieldKeys;
import vn.sotay.platform.members.MemberBook;

/** How members want to be told, and what each was sent. Thread-safe. */
@Component(service = {Preferences.class, PersonalData.class})
public final class Preferences implements PersonalData {

    private static final int MOST_OF_LOG = 200;

    /**
     * What a member has chosen.
     *
     * @param mail address for e-mail; null for none
     * @param reachedBy for who leads the cell and is to tell the member in person: somebody in the house, a telephone; null for nobody
     * @param channels by which it may be, the best first
     * @param quietFrom {@code 21:00}; from then on nothing comes that is not urgent; null, with {@code quietTo}, for the usual hours
     * @param daily whether all of a day comes at once
     */
    record Chosen(
            @Nullable @Text(max = 200) String mail,
            @Nullable @Text(max = 120) String reachedBy,
            List<Channel> channels,

            @Nullable @Text(max = 5, pattern = "([01]\\d|2[0-3]):[0-5]\\d")
            String quietFrom,

            @Nullable @Text(max = 5, pattern = "([01]\\d|2[0-3]):[0-5]\\d")
            String quietTo,

            boolean daily) {}

    /**
     * The same, with what there is to choose from.
     *
     * @param phone number of the member's record, to which text messages go; null for none
     * @param open the channels that the province has
     * @param usualFrom from when on nothing comes to those who have chosen no hours
     */
    record Choice(Chosen chosen, @Nullable String phone, List<Channel> open, String usualFrom, String usualTo) {}

    /**
     * What was sent to the caller.
     *
     * @param by the channel that has taken it; {@code CALL}: somebody has said it
     */
    record Logged(
            UUID notice,
            String module,
            String template,
            Map<String, String> data,
            String link,
            Urgency urgency,
            Instant sentAt,
            Channel by,
            Instant at) {}

    private final Store store;
    private final Units units;
    private final MemberBook members;
    private final NoticeRules rules;
    private final NoticeRows notices;
    private final PreferenceRows rows;
    private final DeliveryRows deliveries;
    private final NoticeWords words;
    private final List<Channel> open = new ArrayList<>();

    @Activate
    public Preferences(
            @Reference Store store,
            @Reference Units units,
            @Reference MemberBook members,
            @Reference NoticeRules rules,
            @Reference FieldKeys keys,
            @Reference vn.sotay.platform.module.Words words,
            @Reference(target = "(channel=PUSH)") Gateway push,
            @Reference(target = "(channel=MAIL)") Gateway mail,
            @Reference(target = "(channel=SMS)") Gateway sms) {
        this.store = store;
        this.units = units;
        this.members = members;
        this.rules = rules;
        this.notices = new NoticeRows(keys);
        this.rows = new PreferenceRows(keys);
        this.deliveries = new DeliveryRows(rows, units);
        this.words = new NoticeWords(words);
        List.of(push, mail, sms).stream()
                .filter(Gateway::isOpen)
                .map(Gateway::channel)
                .forEach(open::add);
    }

    private static UUID self(Caller caller) {
        return caller.member().orElseThrow(Problem::notFound);
    }

    Choice of(Caller caller) {
        UUID self = self(caller);
        return store.read(tx -> {
            Member member = members.find(tx, self).orElseThrow(Problem::notFound);
            Preference there = rows.find(tx.handle(), self).orElse(Preference.NONE);
            Times.Quiet usual = rules.quiet(tx.now(), units.get(member.cell()));
            return new Choice(
                    new Chosen(
                            there.mail(),
                            there.reachedBy(),
                            there.channels(),
                            text(there.quietFrom()),
                            text(there.quietTo()),
                            there.daily()),
                    member.phone(),
                    open,
                    usual.from().toString(),
                    usual.to().toString());
        });
    }

    private static @Nullable String text(@Nullable LocalTime time) {
        return time == null ? null : time.toString();
    }

    void choose(Caller caller, Chosen chosen, Locale language) {
        UUID self = self(caller);
        List<FieldError> errors = new ArrayList<>();
        String mail = chosen.mail() == null || chosen.mail().isBlank()
                ? null
                : chosen.mail().strip();
        if (mail != null && !MailGateway.isAddress(mail)) {
            errors.add(new FieldError("mail", "mail"));
        }
        if ((chosen.quietFrom() == null) != (chosen.quietTo() == null)) {
            errors.add(new FieldError(chosen.quietFrom() == null ? "quietFrom" : "quietTo", "required"));
        }
        if (!Preference.CHOSEN.containsAll(chosen.channels())) {
            errors.add(new FieldError("channels", "notice-channel"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        Preference wanted = new Preference(
                mail,
                chosen.reachedBy() == null || chosen.reachedBy().isBlank()
                        ? null
                        : chosen.reachedBy().strip(),
                chosen.channels().stream().distinct().toList(),
                time(chosen.quietFrom()),
                time(chosen.quietTo()),
                chosen.daily(),
                language);
        store.change(tx -> {
            members.lock(tx, self).orElseThrow(Problem::notFound);
            rows.save(tx, self, wanted);
            tx.audited(AuditKind.WRITE, "notice-preference", null, self, null);
        });
    }

    /** What was checked by its pattern. */
    private static @Nullable LocalTime time(@Nullable String text) {
        return text == null ? null : LocalTime.parse(text);
    }

    List<Logged> log(Caller caller) {
        UUID self = self(caller);
        return store.read(tx -> deliveries.log(tx.handle(), self, MOST_OF_LOG).stream()
                .map(sent -> notices.find(tx.handle(), sent.notice()).map(row -> logged(row.told(), sent)))
                .flatMap(Optional::stream)
                .toList());
    }

    private static Logged logged(Told told, DeliveryRows.Sent sent) {
        return new Logged(
                told.id(),
                told.module(),
                told.template(),
                told.data(),
                told.link(),
                told.urgency(),
                told.sentAt(),
                sent.channel(),
                sent.at());
    }

    @Override
    public List<Part> of(Transaction tx, UUID member) {
        List<Map<String, Object>> chosen =
                rows.find(tx.handle(), member).stream().map(Preferences::record).toList();
        List<Map<String, Object>> sent = deliveries.log(tx.handle(), member, MOST_OF_LOG).stream()
                .map(one -> notices.find(tx.handle(), one.notice()).map(row -> record(row.told(), one)))
                .flatMap(Optional::stream)
                .toList();
        List<Map<String, Object>> seen = tx
                .handle()
                .createQuery("select max(s.seen_until) from notice_seen s join account a on a.id = s.account where"
                        + " a.member = :member")
                .bind("member", member)
                .mapTo(Long.class)
                .stream()
                .filter(Objects::nonNull)
                .map(until -> Map.<String, Object>of("until", Instant.ofEpochMilli(until)))
                .toList();
        return List.of(
                new Part("shell.notices", sent),
                new Part("shell.notices-seen", seen),
                new Part("shell.notice-preference", chosen));
    }

    private static Map<String, Object> record(Preference preference) {
        Map<String, Object> record = new LinkedHashMap<>();
        if (preference.mail() != null) {
            record.put("mail", preference.mail());
        }
        if (preference.reachedBy() != null) {
            record.put("reachedBy", preference.reachedBy());
        }
        record.put(
                "channels",
                String.join(
                        ", ", preference.channels().stream().map(Channel::name).toList()));
        if (preference.quietFrom() != null && preference.quietTo() != null) {
            record.put("quietHours", preference.quietFrom() + "–" + preference.quietTo());
        }
        record.put("daily", preference.daily());
        return record;
    }

    private Map<String, Object> record(Told told, DeliveryRows.Sent sent) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("notice", words.say(told, Preference.NONE.language()).title());
        record.put("channel", sent.channel().name());
        record.put("sent", sent.at());
        return record;
    }
}

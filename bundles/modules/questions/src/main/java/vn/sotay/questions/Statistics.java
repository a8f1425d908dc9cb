package vn.sotay.questions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Page;
import vn.sotay.api.store.Store;
import vn.sotay.api.unit.Units;
import vn.sotay.questions.Question.State;

/** How many ask and how long they wait, by team and topic. */
@Component(service = Statistics.class)
public final class Statistics {

    static final Permission COUNT = new Permission("questions.count");

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    private final Store store;
    private final Units units;

    @Activate
    public Statistics(@Reference Store store, @Reference Units units) {
        this.store = store;
        this.units = units;
    }

    private record Line(
            UUID team,
            @Nullable UUID topic,
            State state,
            @Nullable LocalDate due,
            @Nullable Integer days,
            boolean stale) {}

    private record Key(UUID team, @Nullable UUID topic) {}

    /**
     * Of the questions that were asked from one day to another.
     *
     * @param from null: from the first
     * @param to null: to the last
     */
    public Page<Statistic> of(Caller caller, @Nullable LocalDate from, @Nullable LocalDate to) {
        Reach reach = caller.reach(COUNT);
        return store.read(tx -> {
            Map<Key, List<Line>> lines = new LinkedHashMap<>();
            tx.handle()
                    .createQuery("select q.team, q.topic, q.state, q.due, q.answer_days, (select max(a.edition) from"
                            + " question_answer a where a.question = q.id and a.stale = true) as stale_edition from"
                            + " question q where asked_at >= :from and asked_at < :to and " + reach.sql("team"))
                    .bindMap(reach.binds())
                    .bind("from", start(from == null ? FIRST : from))
                    .bind("to", start((to == null ? LAST : to).plusDays(1)))
                    .map(Statistics::line)
                    .forEach(line -> lines.computeIfAbsent(
                                    new Key(units.current(line.team()).id(), line.topic()), none -> new ArrayList<>())
                            .add(line));
            LocalDate today = Questions.today(tx);
            return new Page<>(
                    lines.entrySet().stream()
                            .map(one -> statistic(one.getKey(), one.getValue(), today))
                            .sorted(Comparator.comparing(Statistic::teamName)
                                    .thenComparing(Comparator.comparing(Statistic::asked)
                                            .reversed()))
                            .toList(),
                    null);
        });
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(QuestionRules.ZONE).toInstant().toEpochMilli();
    }

    private static Line line(RowView row) {
        return new Line(
                row.getColumn("team", UUID.class),
                row.getColumn("topic", UUID.class),
                row.getColumn("state", State.class),
                row.getColumn("due", LocalDate.class),
                row.getColumn("answer_days", Integer.class),
                row.getColumn("stale_edition", Integer.class) != null);
    }

    private Statistic statistic(Key key, List<Line> lines, LocalDate today) {
        return new Statistic(
                key.team(),
                units.current(key.team()).name(),
                key.topic(),
                lines.size(),
                (int) lines.stream().filter(one -> one.due() != null).count(),
                (int) lines.stream()
                        .filter(one -> QuestionRules.isOverdue(one.due(), today))
                        .count(),
                (int) lines.stream().filter(Line::stale).count(),
                QuestionRules.median(
                        lines.stream().map(Line::days).filter(Objects::nonNull).toList()));
    }
}

package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.job.Timetable;
import vn.sotay.api.member.Born;
import vn.sotay.api.notice.Readings;
import vn.sotay.api.store.Transaction;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.access.Hands;
import vn.sotay.platform.access.Village;
import vn.sotay.platform.notices.AdoptionWeeks.Point;
import vn.sotay.platform.notices.AdoptionWeeks.Rate;
import vn.sotay.testkit.Database;

class AdoptionWeeksTest {

    private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);

    /** What members of the village were asked to read. */
    private final class Asked implements Readings {

        private @Nullable Instant since;
        private @Nullable Collection<UUID> members;

        @Override
        public String name() {
            return "papers";
        }

        @Override
        public void forEach(Transaction tx, Instant since, @Nullable Collection<UUID> members, Visitor visitor) {
            this.since = since;
            this.members = members;
            visitor.asked(village.commune.id(), null);
            read(visitor, "member", "fisherman", "member2");
            visitor.asked(village.haiNinh.id(), null);
            read(visitor, "secretary");
            visitor.asked(village.province.id(), new Born(LocalDate.of(1990, 1, 1), null));
            read(visitor, "secretary");
            visitor.asked(village.commune2.id(), new Born(LocalDate.of(1970, 1, 1), LocalDate.of(1989, 12, 31)));
            read(visitor, "member2", "fisherman");
        }

        private void read(Visitor visitor, String... logins) {
            for (String login : logins) {
                visitor.read(people.get(login));
            }
        }
    }

    private final Hands clock = new Hands();
    private final Asked asked = new Asked();
    private final Map<String, UUID> people = new HashMap<>();
    private Village village;
    private AdoptionWeeks weeks;

    private void open(Database database) {
        village = new Village(database, clock);
        weeks = new AdoptionWeeks(
                village.store.store(),
                village.units,
                village.members,
                (name, first, pause, work) -> new Timetable.Entry() {
                    @Override
                    public void wake() {}

                    @Override
                    public void close() {}
                });
        weeks.bindReadings(asked);
        for (String login : List.of("secretary", "member", "fisherman", "member2")) {
            people.put(login, village.as(login).member().orElseThrow());
        }
    }

    @AfterEach
    void close() {
        village.close();
    }

    private void signedIn(String login, Duration ago) {
        Instant at = clock.instant().minus(ago);
        village.store.store().change(tx -> {
            String account = tx.handle()
                    .createQuery("select id from account where login = :login")
                    .bind("login", login)
                    .mapTo(String.class)
                    .one();
            tx.handle()
                    .execute(
                            "insert into audit_session (id, account, name, begun_at, used_at) values (?, ?, '', ?, ?)",
                            UUID.randomUUID(),
                            account,
                            at,
                            at);
        });
    }

    private List<Rate> of(String login, Unit unit) {
        return weeks.of(village.as(login), unit.id());
    }

    private static Rate rate(String of, Point... points) {
        return new Rate(of, List.of(points));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void countsEachUnitAboveTheCellsOnceAWeek(Database database) {
        open(database);
        assertThat(of("officer", village.province)).isEmpty();
        signedIn("member", Duration.ofDays(40));
        signedIn("fisherman", Duration.ofDays(3));
        signedIn("member2", Duration.ofDays(1));
        weeks.count();
        signedIn("secretary", Duration.ofDays(1));
        clock.forward(Duration.ofDays(5));
        weeks.count();

        assertThat(of("officer", village.province))
                .as("of Tuesday, also on Sunday")
                .containsExactly(
                        rate("lately", new Point(TUESDAY, 2, 5)),
                        rate("signed-in", new Point(TUESDAY, 3, 5)),
                        rate("papers", new Point(TUESDAY, 4, 8)));
        assertThat(of("officer2", village.commune))
                .containsExactly(
                        rate("lately", new Point(TUESDAY, 1, 3)),
                        rate("signed-in", new Point(TUESDAY, 2, 3)),
                        rate("papers", new Point(TUESDAY, 3, 6)));
        assertThat(of("officer", village.commune2)).last().isEqualTo(rate("papers", new Point(TUESDAY, 1, 2)));

        clock.forward(Duration.ofDays(1));
        weeks.count();
        assertThat(of("officer", village.province).get(1).points())
                .containsExactly(new Point(TUESDAY, 3, 5), new Point(TUESDAY.plusDays(6), 4, 5));
        weeks.unbindReadings(asked);
        assertThat(of("officer", village.province)).extracting(Rate::of).containsExactly("lately", "signed-in");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsTwoYears(Database database) {
        open(database);
        weeks.count();
        clock.forward(Duration.ofDays(7 * 104));
        weeks.count();
        assertThat(of("officer", village.province).get(0).points()).hasSize(2);
        clock.forward(Duration.ofDays(7));
        weeks.count();
        assertThat(of("officer", village.province).get(0).points())
                .extracting(Point::day)
                .containsExactly(TUESDAY.plusWeeks(104), TUESDAY.plusWeeks(105));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofACellItSaysWhatIsReadNow(Database database) {
        open(database);

        assertThat(of("secretary", village.haiNinh)).containsExactly(rate("papers", new Point(TUESDAY, 3, 6)));
        assertThat(asked.members).as("nobody else is asked for").hasSize(3).contains(people.get("member"));
        assertThat(asked.since).isEqualTo(clock.instant().minus(Duration.ofDays(30)));
        assertThat(of("secretary2", village.cell2)).containsExactly(rate("papers", new Point(TUESDAY, 1, 2)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void countsAreForWhoLooksAfterTheUnit(Database database) {
        open(database);
        for (Unit unit : List.of(village.province, village.commune2, village.cell2)) {
            assertThatThrownBy(() -> of("officer2", unit)).isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> of("member", unit)).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> of("secretary", village.commune)).isInstanceOf(ProblemException.class);
    }
}

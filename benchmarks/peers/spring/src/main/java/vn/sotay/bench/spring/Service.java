package vn.sotay.bench.spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/members?unit=&limit=}: the active members of a cell, by given name. Asks nobody who calls. */
@SpringBootApplication
@RestController
public class Service {

    /** A member as Sotay sends it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            UUID id,
            String name,
            @Nullable LocalDate birthDate,
            @Nullable Integer birthYear,
            @Nullable String gender,
            @Nullable String cardNumber,
            @Nullable LocalDate admittedOn,
            @Nullable LocalDate officialOn,
            String status,
            UUID cell,
            @Nullable String phone) {}

    /** A page as Sotay sends it. */
    public record Page(List<Member> items, @Nullable String next) {}

    private static final String QUERY =
            "select m.id, m.name, m.birth_date, m.birth_year, m.gender, m.card, m.admitted_on,"
                    + " m.official_on, m.status, m.cell, m.phone from member m"
                    + " where m.cell = ? and m.status not in ('LEFT', 'DECEASED')"
                    + " order by m.sort_name, m.id fetch first %d rows only";

    private final JdbcTemplate jdbc;

    public Service(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }

    @GetMapping("/api/members")
    public Page members(@RequestParam UUID unit, @RequestParam(defaultValue = "50") int limit) {
        int most = Math.min(limit, 500);
        List<Member> members = jdbc.query(QUERY.formatted(most + 1), (row, number) -> member(row), unit.toString());
        return new Page(members, null);
    }

    private static Member member(ResultSet row) throws SQLException {
        int year = row.getInt(4);
        Integer birthYear = row.wasNull() ? null : year;
        return new Member(
                UUID.fromString(row.getString(1)),
                row.getString(2),
                day(row.getString(3)),
                birthYear,
                row.getString(5),
                row.getString(6),
                day(row.getString(7)),
                day(row.getString(8)),
                row.getString(9),
                UUID.fromString(row.getString(10)),
                row.getString(11));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }
}

package vn.sotay.platform.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.member.Member;
import vn.sotay.api.member.MemberStatus;
import vn.sotay.api.unit.Unit;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.members.MemberBook;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.units.UnitBook;
import vn.sotay.testkit.Database;

/** A province of two communes with two cells and one, and its nine people; for tests. */
public final class Village implements AutoCloseable {

    public static final String PASSWORD = "mat khau dai du";
    private static final LocalDate ADMITTED = LocalDate.of(2010, 5, 19);

    public final TestStore store;
    public final UnitBook units;
    public final MemberBook members;
    public final Accounts accounts;
    final SignIns signIns;
    final LoginCards cards;
    final MandateBook mandates;
    private final Permissions permissions;
    private final Clock clock;
    private final Passwords passwords = new Passwords();
    public final Unit province;
    public final Unit commune;
    public final Unit commune2;
    public final Unit haiNinh;
    public final Unit haiNam;
    public final Unit cell2;

    public Village(Database database, Clock clock) {
        store = TestStore.open(database, clock);
        units = UnitBook.of(store.store());
        members = new MemberBook(store.store(), units, store.keys());
        permissions = Permissions.of(permissions(), Map.of());
        this.clock = clock;
        accounts =
                new Accounts(store.store(), store.engine(), units, permissions, passwords, clock, Duration.ofDays(30));
        signIns = new SignIns(
                store.store(),
                accounts,
                members,
                passwords,
                new Factors(store.keys(), clock),
                new Passkeys(store.store(), clock, ""),
                null,
                clock);
        mandates = new MandateBook(store.store(), accounts, signIns, members, units, passwords, permissions);
        cards = new LoginCards(store.store(), members, units, accounts, signIns, passwords, clock, 24);
        province = unit(null, "PROVINCE", "38", "Quảng Ngãi");
        commune = unit(province, "COMMUNE", "38.168", "xã Trường Giang");
        commune2 = unit(province, "COMMUNE", "38.169", "xã Ba Gia");
        haiNinh = unit(commune, "CELL", "38.168.053.000.001", "thôn Hải Ninh");
        haiNam = unit(commune, "CELL", "38.168.053.000.002", "thôn Hải Nam");
        cell2 = unit(commune2, "CELL", "38.169.001.000.001", "thôn Thọ Lộc");
        units.add(List.of(province, commune, commune2, haiNinh, haiNam, cell2));
        accounts.create(
                PASSWORD,
                person("admin", null, "ADMINISTRATOR", province),
                person("editor", null, "EDITOR", province),
                person("officer", null, "OFFICER", province),
                person("officer2", null, "OFFICER", commune),
                person("secretary", member("Trần Văn Đức", haiNinh), "SECRETARY", haiNinh),
                person("member", member("Nguyễn Thị Hoà", haiNinh), null, haiNinh),
                person("fisherman", member("Đỗ Văn Biển", haiNinh), null, haiNinh),
                person("secretary2", member("Phạm Văn Ân", cell2), "SECRETARY", cell2),
                person("member2", member("Lê Thị Bé", cell2), null, cell2));
    }

    public static JsonNode permissions() {
        try (InputStream in = Accounts.class.getResourceAsStream("/sotay/module.json")) {
            return Json.ownFiles().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Unit unit(@Nullable Unit parent, String kind, String code, String name) {
        UUID id = id(code);
        return new Unit(
                id,
                parent == null ? null : parent.id(),
                kind,
                code,
                name,
                (parent == null ? "/" : parent.path()) + id + '/');
    }

    public static UUID id(String words) {
        return UUID.nameUUIDFromBytes(words.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Accounts.NewAccount person(String login, @Nullable UUID member, @Nullable String role, Unit unit) {
        List<Mandate> mandates =
                role == null ? List.of() : List.of(new Mandate(role, unit.id(), LocalDate.of(2025, 7, 1), null));
        return new Accounts.NewAccount(login, member, mandates);
    }

    /** A new official member. */
    public UUID member(String name, Unit cell) {
        Member member = new Member(
                id(name),
                name,
                LocalDate.of(1980, 2, 3),
                null,
                null,
                null,
                ADMITTED,
                ADMITTED.plusYears(1),
                MemberStatus.OFFICIAL,
                cell.id(),
                null);
        store.store().change(tx -> members.save(tx, member, ADMITTED));
        return member.id();
    }

    public Caller as(String login) {
        return accounts.as(login);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Accounts over the same store that keep only so many sessions in memory. */
    Accounts accounts(int mostKept) {
        return new Accounts(
                store.store(),
                store.engine(),
                units,
                permissions,
                passwords,
                clock,
                Duration.ofDays(30),
                Set.of(),
                mostKept);
    }
}

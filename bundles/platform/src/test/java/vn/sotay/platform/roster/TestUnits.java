package vn.sotay.platform.roster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.sotay.api.http.Problem;
import vn.sotay.api.unit.Unit;
import vn.sotay.api.unit.UnitKind;
import vn.sotay.api.unit.Units;

/** A province of one commune with two cells. */
final class TestUnits implements Units {

    final Unit province = unit(1, null, "PROVINCE", "38", "Quảng Ngãi");
    final Unit commune = unit(2, province, "COMMUNE", "38.168", "Trường Giang");
    final Unit haiNinh = unit(3, commune, "CELL", "38.168.053.000.001", "Chi bộ thôn Hải Ninh");
    final Unit other = unit(4, commune, "CELL", "38.168.053.000.002", "Chi bộ thôn Hải Nam");

    private static Unit unit(int number, @Nullable Unit parent, String kind, String code, String name) {
        UUID id = new UUID(0x7000, 0x8000_0000_0000_0000L + number);
        return new Unit(
                id,
                parent == null ? null : parent.id(),
                kind,
                code,
                name,
                (parent == null ? "/" : parent.path()) + id + '/');
    }

    private Stream<Unit> all() {
        return Stream.of(province, commune, haiNinh, other);
    }

    @Override
    public Optional<Unit> find(UUID id) {
        return all().filter(unit -> unit.id().equals(id)).findFirst();
    }

    @Override
    public Unit get(UUID id) {
        return find(id).orElseThrow(Problem::notFound);
    }

    @Override
    public Optional<Unit> byCode(String code) {
        return all().filter(unit -> unit.code().equals(code)).findFirst();
    }

    @Override
    public List<Unit> path(UUID id) {
        return find(id).map(unit -> all().filter(unit::isWithin).toList()).orElse(List.of());
    }

    @Override
    public List<Unit> below(UUID parent) {
        return all().filter(unit -> Objects.equals(unit.parent(), parent)).toList();
    }

    @Override
    public boolean isCell(Unit unit) {
        return unit.kind().equals("CELL");
    }

    @Override
    public List<UnitKind> kinds() {
        return List.of(
                new UnitKind("PROVINCE", false, Set.of(), Map.of()),
                new UnitKind("COMMUNE", false, Set.of("PROVINCE"), Map.of()),
                new UnitKind("CELL", true, Set.of("COMMUNE"), Map.of()));
    }
}

package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Scope;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.ModuleException;

class PermissionsTest {

    private static final Permission READ = new Permission("members.read");

    private static JsonNode json(String text) throws IOException {
        return Json.ownFiles().readTree(text.replace('\'', '"'));
    }

    private static Permissions of(String province) throws Exception {
        return new Permissions(
                json(
                        "{'permissions': {'members.read': {'MEMBER': 'OWN', 'SECRETARY': 'UNIT', 'OFFICER': 'BELOW'}, 'units.read': {'EDITOR': 'UNIT'}}}"),
                province == null ? null : json(province));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"MEMBER, OWN", "SECRETARY, UNIT", "OFFICER, BELOW", "EDITOR,", "ADMINISTRATOR,"})
    void areThoseOfTheModules(Role role, Scope scope) throws Exception {
        assertThat(of(null).scope(READ, role)).isEqualTo(Optional.ofNullable(scope));
        assertThat(of(null).scope(new Permission("members.delete"), role)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "MEMBER,        OWN",
        "SECRETARY,     ",
        "OFFICER,       UNIT",
        "ADMINISTRATOR, BELOW",
    })
    void areChangedByTheProvince(Role role, Scope scope) throws Exception {
        Permissions permissions =
                of("{'members.read': {'SECRETARY': 'NONE', 'OFFICER': 'UNIT', 'ADMINISTRATOR': 'BELOW'},"
                        + " 'dues.read': {'MEMBER': 'OWN'}}");

        assertThat(permissions.scope(READ, role)).isEqualTo(Optional.ofNullable(scope));
        assertThat(permissions.scope(new Permission("dues.read"), Role.MEMBER))
                .as("of a module that is not there")
                .isEmpty();
    }

    @Test
    void tellWhichRolesReachBelow() throws Exception {
        assertThat(of(null).reachesBelow(Role.OFFICER)).isTrue();
        assertThat(of(null).reachesBelow(Role.SECRETARY)).isFalse();
        assertThat(of("{'members.read': {'OFFICER': 'UNIT'}}").reachesBelow(Role.OFFICER))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'members.read': {'BOSS': 'UNIT'}}       | members.read names "BOSS"; a role is one of [MEMBER, SECRETARY,
                    {'members.read': {'MEMBER': 'ALL'}}      | members.read names "ALL"; a scope is one of [OWN, UNIT, BELOW]
                    {'members': {'MEMBER': 'OWN'}}           | a permission is named module.verb, not members
                    """)
    void sayWhatIsWrongWithThem(String province, String line) {
        String raw = province.replace("''", "'");

        assertThatThrownBy(() -> of(raw))
                .isInstanceOf(ModuleException.class)
                .hasMessageStartingWith("roles.json: ")
                .hasMessageContaining(line);
    }
}

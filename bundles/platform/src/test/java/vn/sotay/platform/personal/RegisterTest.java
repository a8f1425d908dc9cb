package vn.sotay.platform.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.platform.module.ModuleException;

class RegisterTest {

    private static PersonalTable table(String of) throws ModuleException {
        return Register.parse("the file", ("{\"tables\": {\"dues\": " + of + "}}").getBytes(StandardCharsets.UTF_8))
                .get("dues");
    }

    @Test
    void aTableIsRead() throws ModuleException {
        PersonalTable dues = table("""
                {"member": "member", "erased": "CLEARED", "cleared": {"income": null, "note": ""},
                 "kept": {"rule": "dues.keep.days", "since": "paid_at"},
                 "basic": {"dues": ["member", "paid_at"]}, "sensitive": {"dues": ["income", "note"]}, "technical": ["id"]}
                """);

        assertThat(dues.person()).isEqualTo("member");
        assertThat(dues.columns()).containsExactly("id", "income", "member", "note", "paid_at");
        assertThat(dues.purposes()).containsExactly("dues");
        assertThat(dues.isSensitive("dues")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            {"member": "member", "basic": {"x": ["member"]}}                                  ; "erased" is missing
            {"member": "member", "erased": "REMOVED"}                                         ; member has no class
            {"member": "a", "account": "b", "erased": "KEPT", "technical": ["a", "b"]}        ; one of them tells
            {"member": "a", "erased": "CLEARED", "technical": ["a"]}                          ; needs "cleared"
            {"member": "a", "erased": "REMOVED", "cleared": {"a": ""}, "technical": ["a"]}    ; needs "cleared"
            {"technical": ["a", "a"]}                                                         ; stands there twice
            {"technical": ["drop table x"]}                                                   ; is no name
            {"technical": ["A"]}                                                              ; is no name
            {"erased": "GONE"}                                                                ; GONE
            {"classes": ["a"]}                                                                ; classes
            {"erased": "KEPT", "kept": {"since": "a"}, "technical": ["a"]}                    ; rule is missing
            """)
    void whatIsWrongIsSaid(String declared, String said) {
        assertThatThrownBy(() -> table(declared))
                .isInstanceOf(ModuleException.class)
                .hasMessageContaining("the file")
                .hasMessageContaining(said);
    }

    @Test
    void aNameOfATableIsPartOfSql() {
        assertThatThrownBy(() ->
                        Register.parse("the file", "{\"tables\": {\"a; drop\": {}}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModuleException.class);
    }
}

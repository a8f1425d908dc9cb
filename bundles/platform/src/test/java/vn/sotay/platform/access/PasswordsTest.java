package vn.sotay.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void areKeptAsAHashWithASaltOfTheirOwn() {
        String kept = passwords.hash("con thuyền nhỏ");

        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("con thuy");
        assertThat(passwords.hash("con thuyền nhỏ")).isNotEqualTo(kept);
        assertThat(passwords.matches("con thuyền nhỏ", kept)).isTrue();
        assertThat(passwords.matches(Normalizer.normalize("con thuyền nhỏ", Normalizer.Form.NFD), kept))
                .as("typed on a phone that decomposes")
                .isTrue();
        assertThat(passwords.matches("con thuyen nho", kept)).isFalse();
        assertThat(passwords.matches("", kept)).isFalse();
    }

    @Test
    void areUnderstoodWithOtherCosts() {
        // of the reference program: echo -n "password" | argon2 somesalt -id -t 2 -k 64 -l 32
        String kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(passwords.matches("password", kept)).isTrue();
        assertThat(passwords.matches("Password", kept)).isFalse();
    }

    @Test
    void codesAreTypedFromPaper() {
        assertThat(passwords.code()).matches("[0-9A-HJKMNP-TV-Z]{8}").isNotEqualTo(passwords.code());
        assertThat(Passwords.typedCode(" k7m3-qxol ")).isEqualTo("K7M3QX01");
        assertThat(passwords.key("login card", "K7M3QX01"))
                .isEqualTo(passwords.key("login card", "K7M3QX01"))
                .isNotEqualTo(passwords.key("login card", "K7M3QX02"))
                .isNotEqualTo(passwords.key("recovery", "K7M3QX01"))
                .hasSize(64);
    }

    @Test
    void randomOnesCanBeReadOut() {
        assertThat(passwords.random())
                .matches("([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}")
                .isNotEqualTo(passwords.random());
        assertThat(passwords.token()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(passwords.token());
    }
}

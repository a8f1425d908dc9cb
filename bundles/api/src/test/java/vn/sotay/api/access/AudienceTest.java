package vn.sotay.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {

    private static final UUID ID = UUID.fromString("0193c1f0-0000-7000-8000-000000000001");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(Audience.EVERYONE, "everyone"),
                Arguments.of(Audience.EDITORS, "editors"),
                Arguments.of(Audience.members(ID), "members:" + ID),
                Arguments.of(Audience.leaders(ID), "leaders:" + ID),
                Arguments.of(Audience.officers(ID), "officers:" + ID),
                Arguments.of(Audience.member(ID), "member:" + ID),
                Arguments.of(Audience.allLeaders(ID), "all_leaders:" + ID),
                Arguments.of(Audience.allOfficers(ID), "all_officers:" + ID));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("texts")
    void isReadAsItWasWritten(Audience audience, String text) {
        assertThat(audience).hasToString(text);
        assertThat(Audience.parse(text)).isEqualTo(audience);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "members", "everyone:" + "0193c1f0-0000-7000-8000-000000000001", "member:1"})
    void isNoOther(String text) {
        assertThatThrownBy(() -> Audience.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

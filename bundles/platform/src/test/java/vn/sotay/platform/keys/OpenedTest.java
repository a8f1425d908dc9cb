package vn.sotay.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OpenedTest {

    private final Opened opened = new Opened();

    @Test
    void whatWasOpenedIsKnownAtItsPlaceAlone() {
        opened.keep("member.phone", "1", "k1.abc", "0905123456");

        assertThat(opened.find("member.phone", "1", "k1.abc")).isEqualTo("0905123456");
        assertThat(opened.find("member.phone", "2", "k1.abc")).isNull();
        assertThat(opened.find("other", "1", "k1.abc")).isNull();
        assertThat(opened.find("member.phone", "1", "k1.abd")).isNull();
    }

    @Test
    void longTextsAreNotKept() {
        String sealed = "k1." + "a".repeat(Opened.LONGEST);
        opened.keep("answer-message", "1", sealed, "words");

        assertThat(opened.find("answer-message", "1", sealed)).isNull();
    }

    @Test
    void whatIsAskedForStaysAndWhatIsNotGoes() {
        opened.keep("f", "1", "asked", "a");
        opened.keep("f", "1", "not asked", "b");
        for (int i = 0; i < 3 * Opened.MOST; i++) {
            opened.keep("f", "1", "k" + i, "c");
            if (i % 1_000 == 0) {
                assertThat(opened.find("f", "1", "asked")).isEqualTo("a");
            }
        }

        assertThat(opened.find("f", "1", "asked")).isEqualTo("a");
        assertThat(opened.find("f", "1", "not asked")).isNull();
    }
}

package vn.sotay.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeNumbersTest {

    private final ChangeNumbers numbers = new ChangeNumbers(10);

    @Test
    void theWatermarkWaitsForTheFirstThatIsOpen() {
        ChangeNumbers.Ticket first = numbers.take(2);
        ChangeNumbers.Ticket second = numbers.take(1);

        numbers.end(second, true);
        assertThat(numbers.watermark()).isEqualTo(10);
        assertThat(numbers.underWay()).isEqualTo(12);
        numbers.end(first, true);
        assertThat(numbers.watermark()).isEqualTo(13);
        assertThat(numbers.underWay()).isEqualTo(13);
    }

    /** After a restart the last ones that came to nothing are given out again: who had passed them would miss what bears them then. */
    @Test
    void nobodyPassesANumberThatTheDatabaseDoesNotKnow() {
        numbers.end(numbers.take(1), false);
        assertThat(numbers.watermark()).isEqualTo(10);
        assertThat(numbers.underWay()).isEqualTo(10);

        numbers.end(numbers.take(1), true);
        assertThat(numbers.watermark()).isEqualTo(12);
    }
}

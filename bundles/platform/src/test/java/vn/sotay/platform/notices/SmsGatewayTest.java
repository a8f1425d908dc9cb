package vn.sotay.platform.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsGatewayTest {

    @ParameterizedTest
    @CsvSource({"Họp chi bộ, Hop chi bo", "Đồng chí, Dong chi", "thứ Bảy 28/11, thu Bay 28/11"})
    void marksAreTakenOff(String text, String plain) {
        assertThat(SmsGateway.plain(text)).isEqualTo(plain);
    }

    @Test
    void aValueCannotBreakOutOfItsPlace() {
        Map<String, String> values = Map.of("text", "a\"}\\ b&c=d\n{number}", "number", "0905", "secret", "s");

        assertThat(SmsGateway.filled("{\"t\": \"{text}\"}", values, SmsGateway::jsonSafe))
                .isEqualTo("{\"t\": \"a\\\"}\\\\ b&c=d\\n{number}\"}");
        assertThat(SmsGateway.filled("t={text}", values, SmsGateway::urlSafe))
                .isEqualTo("t=a%22%7D%5C+b%26c%3Dd%0A%7Bnumber%7D");
    }
}

package vn.sotay.dues.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.sotay.dues.transfer.Matching.Asked;

class MatchingTest {

    /** Requests are A, B and so on; an amount with a star was paid before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "46800 | 46800 | MATCHED | {A=46800}",
                "46799 | 46800 | UNDER | {A=46799}",
                "50000 | 46800 | OVER | {A=50000}",
                "46800 | 46800* | DUPLICATE | {}",
                "46800 | | UNKNOWN | {}",
                "30000 | 10000 20000 | MATCHED | {A=10000, B=20000}",
                "25000 | 10000 20000 | UNDER | {A=10000, B=15000}",
                "10000 | 10000 20000 | UNDER | {A=10000}",
                "31000 | 10000 20000 | OVER | {A=10000, B=21000}",
                "20000 | 10000* 20000 | MATCHED | {B=20000}",
                "30000 | 10000* 20000 | OVER | {B=30000}",
                "30000 | 10000* 20000* | DUPLICATE | {}",
            })
    void aTransferBesideItsRequests(long amount, String requests, Outcome outcome, String shares) {
        List<Asked> asked = asked(requests == null ? "" : requests);

        assertThat(Matching.outcome(amount, asked)).isEqualTo(outcome);
        assertThat(Matching.shares(amount, asked)).hasToString(shares);
    }

    private static List<Asked> asked(String requests) {
        List<String> words =
                Arrays.stream(requests.split(" ")).filter(one -> !one.isEmpty()).toList();
        return java.util.stream.IntStream.range(0, words.size())
                .mapToObj(i -> new Asked(
                        String.valueOf((char) ('A' + i)),
                        Long.parseLong(words.get(i).replace("*", "")),
                        words.get(i).endsWith("*")))
                .toList();
    }
}

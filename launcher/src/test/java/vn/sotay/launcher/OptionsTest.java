package vn.sotay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void takesEachOption() throws OperatorException {
        Options options = Options.parse(
                "--port",
                "0",
                "--data",
                "d",
                "--modules",
                "m",
                "--config",
                "c",
                "--demo",
                "full",
                "--database",
                "jdbc:postgresql://h/s");

        assertThat(options)
                .isEqualTo(new Options(0, Path.of("d"), Path.of("m"), Path.of("c"), "full", "jdbc:postgresql://h/s"));
    }

    @Test
    void leavesToTheConfigurationWhatIsNotGiven() throws OperatorException {
        assertThat(Options.parse()).isEqualTo(new Options(null, null, null, null, null, null));
    }

    @Test
    void takesTheLastOfTwo() throws OperatorException {
        assertThat(Options.parse("--data", "of run", "--data", "of the operator")
                        .data())
                .isEqualTo(Path.of("of the operator"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 8080 | unknown option --prot; usage: run [--port N]",
                "--port | --port needs a value; usage: run [--port N]",
                "8080 | usage: run [--port N]",
                "--port http | --port must be a number from 0 (any free port) to 65535, not http",
                "--port 65536 | --port must be a number from 0 (any free port) to 65535, not 65536",
                "--port -1 | --port must be a number from 0 (any free port) to 65535, not -1",
                "--demo big | --demo must be small, full or none, not big",
                "--database jdbc:mysql://h/s | --database must begin with jdbc:postgresql:, not jdbc:mysql://h/s",
                "--database jdbc:postgresql://h/s?user=u&password=x | --database holds a password, which everybody",
            })
    void refusesInOneLine(String commandLine, String line) {
        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(() -> Options.parse(commandLine.split(" ")))
                .withMessageStartingWith(line)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}

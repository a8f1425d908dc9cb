package vn.sotay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void makesTheDirectory() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("a/b/../c"))) {
            assertThat(data.path()).isEqualTo(folder.resolve("a/c")).isDirectory();
        }
    }

    @Test
    void isHeldByOneAtATime() throws Exception {
        try (DataDirectory first = DataDirectory.open(folder)) {
            assertThatExceptionOfType(OperatorException.class)
                    .isThrownBy(() -> DataDirectory.open(first.path()))
                    .withMessage("the data directory " + folder
                            + " is in use by another instance: stop that one, or give another directory by --data");
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void saysThatItCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no directory");

        assertThatExceptionOfType(OperatorException.class)
                .isThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .withMessage(
                        "the data directory " + file.resolve("data")
                                + " cannot be written: give this user the right to write there, or another directory by --data");
    }
}

package vn.sotay.platform.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyJarsTest {

    @TempDir
    Path folder;

    private final EarlyJars early = new EarlyJars();
    private Path jar;
    private Path copies;

    @BeforeEach
    void aJar() throws IOException {
        copies = folder.resolve("copies");
        jar = Files.writeString(folder.resolve("meetings.jar"), "the version of today");
    }

    @Test
    void whoAsksForAJarGetsItsCopyOnce() throws IOException {
        ModuleJar copy = early.copy(jar, copies).orElseThrow();

        assertThat(early.take(jar)).contains(copy);
        assertThat(Files.readString(copy.path())).isEqualTo("the version of today");
        assertThat(early.take(jar)).isEmpty();
        early.close();
        assertThat(left()).containsExactly(copy.path());
    }

    @Test
    void aJarThatWasReplacedSinceIsCopiedAnew() throws IOException {
        early.copy(jar, copies);
        Path next = Files.writeString(folder.resolve("next"), "a longer version of tomorrow");
        Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(early.take(jar)).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void aJarThatWentSinceIsNotThere() throws IOException {
        early.copy(jar, copies);
        Files.delete(jar);

        assertThat(early.take(jar)).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsNotThereIsToldByWhoAsksForIt() {
        assertThat(early.copy(folder.resolve("none.jar"), copies)).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsDeleted() throws IOException {
        early.copy(jar, copies);

        early.close();

        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(copies)) {
            return files.toList();
        }
    }
}

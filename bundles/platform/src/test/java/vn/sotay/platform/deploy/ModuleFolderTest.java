package vn.sotay.platform.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that come, change and go in the folder while it is watched. */
class ModuleFolderTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path home;

    private Path modules;
    private House house;

    @BeforeEach
    void start() throws Exception {
        modules = Files.createDirectory(home.resolve("modules"));
        house = new House(home);
        house.folder.deployAll();
        house.folder.watch();
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private void awaitAnswer(String answer) throws Exception {
        await("the module answers " + answer, () -> house.answer().equals(answer));
    }

    @Test
    void aJarComesChangesAndGoes() throws Exception {
        Path jar = modules.resolve("sample.jar");
        SampleJar.module("sample", "0.1.0").put(jar);
        awaitAnswer("0.1.0");
        SampleJar.module("sample", "0.2.0").put(jar);
        awaitAnswer("0.2.0");
        Files.delete(jar);
        awaitAnswer("none");
    }

    @Test
    void aJarThatIsCopiedSlowlyIsTakenWhenItIsWhole() throws Exception {
        Path source = home.resolve("source.jar");
        SampleJar.module("sample", "0.1.0").put(source);
        byte[] all = Files.readAllBytes(source);
        try (OutputStream out = Files.newOutputStream(modules.resolve("sample.jar"))) {
            for (int i = 0; i < 10; i++) {
                out.write(all, all.length * i / 10, all.length * (i + 1) / 10 - all.length * i / 10);
                out.flush();
                Thread.sleep(100);
                if (i < 9) {
                    assertThat(house.manager.modules()).isEmpty();
                }
            }
        }
        awaitAnswer("0.1.0");
        // it answers a moment before its parts are told
        await("it has started", () -> house.part.told.size() > 2);
        assertThat(house.part.told).containsExactly("check 0.1.0", "add 0.1.0", "started 0.1.0");
    }

    @Test
    void aJarThatStaysHalfIsToldAndTakenWhenItIsMended() throws Exception {
        Path source = home.resolve("source.jar");
        SampleJar.module("sample", "0.1.0").put(source);
        byte[] all = Files.readAllBytes(source);
        try (OutputStream out = Files.newOutputStream(modules.resolve("sample.jar"))) {
            out.write(all, 0, all.length / 2);
        }
        await("it is told", () -> house.manager.find("sample.jar").isPresent());
        assertThat(house.status("sample.jar").problem()).contains("it is no whole jar");

        Files.copy(source, modules.resolve("sample.jar"), StandardCopyOption.REPLACE_EXISTING);
        awaitAnswer("0.1.0");
        // it answers a moment before it is listed
        await("it alone is listed", () -> house.manager.modules().size() == 1);
    }

    @Test
    void theSecondOfTwoComesWhenTheFirstGoes() throws Exception {
        SampleJar.module("sample", "0.1.0").put(modules.resolve("a.jar"));
        awaitAnswer("0.1.0");
        SampleJar.module("sample", "0.2.0").put(modules.resolve("b.jar"));
        await("b.jar is refused", () -> house.manager.find("b.jar").isPresent());

        Files.delete(modules.resolve("a.jar"));

        awaitAnswer("0.2.0");
        // it answers a moment before it is listed
        await("it alone is listed", () -> house.manager.modules().size() == 1);
    }
}

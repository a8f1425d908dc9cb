package vn.sotay.platform.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A module's life: put in, replaced, stopped, started, taken away, across restarts. */
class ReplacementTest {

    private static final UUID ADMINISTRATOR = UUID.fromString("0193aaaa-0000-7000-8000-000000000001");

    @TempDir
    Path home;

    private Path jar;
    private House house;

    @BeforeEach
    void start() throws Exception {
        jar = Files.createDirectory(home.resolve("modules")).resolve("sample.jar");
        house = new House(home);
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
    }

    private void restart() throws Exception {
        house.close();
        house = new House(home, house.rows);
        house.folder.deployAll();
    }

    private void put(String version) throws Exception {
        SampleJar.module("sample", version).put(jar);
        house.manager.deploy("sample.jar");
    }

    @Test
    void partsAreToldInOrder() throws Exception {
        put("0.1.0");
        put("0.2.0");

        assertThat(house.part.told)
                .containsExactly(
                        "check 0.1.0", "add 0.1.0", "started 0.1.0", "check 0.2.0", "add 0.2.0", "started 0.2.0");
        assertThat(house.answer()).isEqualTo("0.2.0");
        assertThat(house.bundles()).containsExactly("vn.sotay.sample 0.2.0");
        assertThat(house.status("sample").names()).containsEntry("en", "Sample");
    }

    @Test
    void theSameVersionNumberWithOtherContentIsTaken() throws Exception {
        put("0.1.0");
        SampleJar.module("sample", "0.1.0").file("sotay/note.txt", "new").put(jar);
        house.manager.deploy("sample.jar");

        assertThat(house.part.told).contains("started 0.1.0").hasSize(6);
        assertThat(house.bundles()).hasSize(1);
    }

    /** What persistent parts are told of a start with this jar. */
    private List<String> toldAtStart(String platform) throws Exception {
        house.close();
        house = new House(home, house.rows, platform);
        house.part.persistent = true;
        house.folder.deployAll();
        return List.copyOf(house.part.told);
    }

    @Test
    void whatTheDatabaseHasOfAJarIsNotLookedAtAtEachStart() throws Exception {
        put("0.1.0");
        List<String> all = List.of("check 0.1.0", "add 0.1.0", "started 0.1.0");

        assertThat(toldAtStart("a"))
                .as("nobody knows which platform took it in")
                .isEqualTo(all);
        assertThat(toldAtStart("a")).containsExactly("started 0.1.0");
        assertThat(toldAtStart("b")).as("another platform").isEqualTo(all);

        house.part.told.clear();
        put("0.2.0");
        assertThat(house.part.told).containsExactly("check 0.2.0", "add 0.2.0", "started 0.2.0");
        assertThat(toldAtStart("b")).containsExactly("started 0.2.0");

        house.close();
        SampleJar.module("sample", "0.3.0").put(jar);
        assertThat(toldAtStart("b")).contains("check 0.3.0", "add 0.3.0");
    }

    @Test
    void whatWasFoundInOrderIsTakenInWithoutBeingCheckedAtEachStart() throws Exception {
        put("0.1.0");
        toldAtStart("a");
        house.close();

        house = new House(home, house.rows, "a");
        house.folder.deployAll();

        assertThat(house.part.told).containsExactly("add 0.1.0", "started 0.1.0");
        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void aStartLeavesNoCopyOfAJarBehind() throws Exception {
        put("0.1.0");
        toldAtStart("a");
        Files.delete(jar);
        toldAtStart("a");

        try (Stream<Path> left = Files.list(home.resolve("kept"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void nothingIsKnownOfAJarAfterAnotherOneBegan() throws Exception {
        toldAtStart("a");
        put("0.1.0");
        house.part.refusals.put("add 0.2.0", "no room");
        SampleJar.module("sample", "0.2.0").put(jar);
        house.refusal("sample.jar");
        SampleJar.module("sample", "0.1.0").put(jar);

        assertThat(toldAtStart("a")).contains("add 0.1.0");
    }

    @Test
    void theSameContentChangesNothing() throws Exception {
        put("0.1.0");
        long bundle = house.framework.getBundleContext().getBundles().length;
        put("0.1.0");

        assertThat(house.part.told).hasSize(3);
        assertThat(house.framework.getBundleContext().getBundles()).hasSize((int) bundle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "add", "started"})
    void aFailingStepBringsTheVersionBeforeBack(String step) throws Exception {
        put("0.1.0");
        house.part.refusals.put(step + " 0.2.0", "the tables are full: empty them");
        SampleJar.module("sample", "0.2.0").put(jar);

        assertThat(house.refusal("sample.jar"))
                .isEqualTo("sample.jar is refused, and version 0.1.0 goes on: the tables are full: empty them");

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.bundles()).containsExactly("vn.sotay.sample 0.1.0");
        assertThat(house.gate.states).containsEntry("sample", "open");
        if (!step.equals("check")) {
            // what the parts took from the new version is replaced by what the old one has
            assertThat(house.part.told).endsWith("add 0.1.0", "started 0.1.0");
        }
    }

    @Test
    void aModuleThatDoesNotComeBackIsBroken() throws Exception {
        put("0.1.0");
        house.part.refusals.put("add 0.2.0", "no room");
        house.part.refusals.put("add 0.1.0", "no room either");
        SampleJar.module("sample", "0.2.0").put(jar);

        assertThat(house.refusal("sample.jar"))
                .startsWith(
                        "sample.jar is refused, and sample does not run: no room; and the version before did not come"
                                + " back: no room either");
        assertThat(house.gate.states).containsEntry("sample", "stopped");
        assertThat(house.status("sample").state()).isEqualTo(ModuleState.BROKEN);

        house.part.refusals.clear();
        assertThat(house.manager.start("sample").version()).isEqualTo("0.2.0");
        assertThat(house.answer()).isEqualTo("0.2.0");
        assertThat(house.status("sample").problem()).isNull();
    }

    @Test
    void aJarThatWasBrokenWhileSotayWasDownGivesWayToTheOneBefore() throws Exception {
        put("0.1.0");
        house.close();
        Files.writeString(jar, "half a jar", StandardCharsets.UTF_8);
        house = new House(home, house.rows);
        house.folder.deployAll();

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.status("sample").problem())
                .startsWith("sample.jar is refused, and version 0.1.0 goes on: it is no whole jar");

        put("0.2.0");
        assertThat(house.status("sample").problem()).isNull();
    }

    @Test
    void aFailingVersionGivesWayAcrossARestart() throws Exception {
        put("0.1.0");
        house.close();
        SampleJar.module("sample", "0.2.0")
                .with("Private-Package", "vn.sotay.sample.failing")
                .put(jar);
        house = new House(home, house.rows);
        house.folder.deployAll();

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.bundles()).containsExactly("vn.sotay.sample 0.1.0");
        assertThat(house.status("sample").problem())
                .contains("version 0.1.0 goes on")
                .contains("the seal is missing");
    }

    @Test
    void whatRunsRunsAfterARestartFromTheBundleThatIsThere() throws Exception {
        put("0.1.0");
        restart();

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.bundles()).hasSize(1);
    }

    @Test
    void aStoppedModuleStaysStoppedAcrossARestart() throws Exception {
        put("0.1.0");
        assertThat(house.manager.stop("sample", ADMINISTRATOR).state()).isEqualTo(ModuleState.STOPPED);
        assertThat(house.answer()).isEqualTo("none");
        restart();

        assertThat(house.answer()).isEqualTo("none");
        assertThat(house.gate.states).containsEntry("sample", "stopped");
        assertThat(house.status("sample").state()).isEqualTo(ModuleState.STOPPED);
        assertThat(house.rows.all().get(0).stop().by()).isEqualTo(ADMINISTRATOR);

        assertThat(house.manager.start("sample").state()).isEqualTo(ModuleState.RUNNING);
        restart();
        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void aJarThatComesWhileItsModuleIsStoppedRunsWhenItIsStarted() throws Exception {
        put("0.1.0");
        house.manager.stop("sample", ADMINISTRATOR);
        put("0.2.0");
        assertThat(house.answer()).isEqualTo("none");
        assertThat(house.status("sample").version()).isEqualTo("0.2.0");

        house.manager.start("sample");

        assertThat(house.answer()).isEqualTo("0.2.0");
        assertThat(house.rows.all().get(0).version()).isEqualTo("0.2.0");
        assertThat(house.bundles()).containsExactly("vn.sotay.sample 0.2.0");
    }

    @Test
    void aJarThatFailsWhenItsStoppedModuleIsStartedGivesWayToTheOneThatWorked() throws Exception {
        put("0.1.0");
        house.manager.stop("sample", ADMINISTRATOR);
        put("0.2.0");
        house.part.refusals.put("add 0.2.0", "no room");

        assertThatThrownBy(() -> house.manager.start("sample"))
                .hasMessage("sample.jar is refused, and version 0.1.0 goes on: no room");

        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void aJarThatIsTakenAwayEndsItsModule() throws Exception {
        put("0.1.0");
        Files.delete(jar);
        house.manager.remove("sample.jar");

        assertThat(house.answer()).isEqualTo("none");
        assertThat(house.bundles()).isEmpty();
        assertThat(house.part.told).endsWith("remove 0.1.0");
        assertThat(house.gate.states).doesNotContainKey("sample");
        assertThat(house.manager.modules()).isEmpty();
        restart();
        assertThat(house.manager.modules()).isEmpty();
        put("0.1.0");
        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void aJarThatWasTakenAwayWhileSotayWasDownIsForgotten() throws Exception {
        put("0.1.0");
        house.close();
        Files.delete(jar);
        house = new House(home, house.rows);
        house.folder.deployAll();

        assertThat(house.manager.modules()).isEmpty();
        assertThat(house.bundles()).isEmpty();
        assertThat(house.rows.all()).isEmpty();
    }

    @Test
    void aJarWithAnotherNameGoesOnBeingItsModule() throws Exception {
        put("0.1.0");
        Files.move(jar, jar.resolveSibling("sample-0.1.0.jar"));
        house.manager.deploy("sample-0.1.0.jar");
        house.manager.remove("sample.jar");

        assertThat(house.answer()).isEqualTo("0.1.0");
        assertThat(house.part.told).hasSize(3);
    }

    @Test
    void aFileThatBringsAnotherModuleThanBeforeEndsTheOneBefore() throws Exception {
        put("0.1.0");
        SampleJar.module("other", "0.1.0").put(jar);
        house.manager.deploy("sample.jar");

        assertThat(house.manager.modules()).extracting(ModuleStatus::id).containsExactly("other");
        assertThat(house.bundles()).containsExactly("vn.sotay.other 0.1.0");
    }

    @Test
    void anUploadLandsInTheFolder() throws Exception {
        Path source = home.resolve("upload.jar");
        SampleJar.module("sample", "0.1.0").put(source);
        ModuleStatus status = house.folder.upload(Files.newInputStream(source));

        assertThat(status.state()).isEqualTo(ModuleState.RUNNING);
        assertThat(jar).hasSameBinaryContentAs(source);
        restart();
        assertThat(house.answer()).isEqualTo("0.1.0");
    }

    @Test
    void nothingStaysOfAnUploadThatIsRefused() throws Exception {
        Path source = home.resolve("upload.jar");
        SampleJar.module("sample", "0.1.0")
                .with("Private-Package", "vn.sotay.sample.failing")
                .put(source);
        assertThatThrownBy(() -> house.folder.upload(Files.newInputStream(source)))
                .hasMessageStartingWith("the uploaded jar is refused")
                .hasMessageContaining("the seal is missing");

        assertThat(home.resolve("modules")).isEmptyDirectory();
        assertThat(house.manager.modules()).isEmpty();
        assertThat(house.bundles()).isEmpty();
        assertThat(house.gate.states).isEmpty();
    }

    @Test
    void noRequestFailsWhileTheModuleIsReplacedTwentyTimes() throws Exception {
        put("1.0.0");
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<Integer>> answered = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answered.add(clients.submit(() -> {
                int count = 0;
                while (!done.get()) {
                    String answer = house.gate.through("sample", house::answer);
                    if (!answer.startsWith("1.0.")) {
                        throw new AssertionError(answer);
                    }
                    count++;
                }
                return count;
            }));
        }
        for (int i = 1; i <= 20; i++) {
            put("1.0." + i);
        }
        done.set(true);
        for (Future<Integer> client : answered) {
            assertThat(client.get()).isPositive();
        }
        clients.shutdown();
        assertThat(house.answer()).isEqualTo("1.0.20");
        assertThat(house.bundles()).hasSize(1);
    }
}

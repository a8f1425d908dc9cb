package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.sotay.testkit.Response;
import vn.sotay.testkit.Sotay;

/** More connections come than the system gives file handles for. */
class FileHandlesIT {

    private static final int HANDLES = 400;
    private static final int CONNECTIONS = 300;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(25);

    /** Starts one that inherits a low limit. */
    private static Sotay startWithFew() throws Exception {
        String own = String.valueOf(ProcessHandle.current().pid());
        String before = run("prlimit", "--pid", own, "--nofile", "--raw", "--noheadings", "--output", "SOFT");
        run("prlimit", "--pid", own, "--nofile=" + HANDLES + ":");
        try {
            // Java itself would raise the limit to what the system allows at most
            return Sotay.start(Sotay.prepared().java("-XX:-MaxFDLimit"));
        } finally {
            run("prlimit", "--pid", own, "--nofile=" + before + ":");
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, () -> "the limit cannot be set here: " + printed);
        return printed.strip();
    }

    private static SocketChannel connect(URI url) {
        try {
            return SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void idleOnesGoAndTheOthersWorkOn() throws Exception {
        List<SocketChannel> idle = new ArrayList<>();
        try (Sotay sotay = startWithFew();
                Follower leader = Follower.start(sotay, "secretary", 2);
                Writers writers = Writers.start(sotay)) {
            assertThat(sotay.anonymous().get("/health").expect(200).text()).contains("of " + HANDLES + " left");
            for (int i = 0; i < CONNECTIONS; i++) {
                idle.add(connect(sotay.url()));
            }
            Faults.awaitWrites(sotay, writers, 50, SOON);
            long began = System.nanoTime();
            Response health = Sotay.stranger(sotay.url()).get("/health").expect(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("somebody new: " + health)
                    .isLessThan(LONGEST_ANSWER);
            Faults.awaitWrites(sotay, writers, 50, SOON);
            writers.finish();
            leader.finish();
            writers.verify(leader);
            assertThat(writers.refusals()).isEmpty();
            assertThat(writers.longest()).isLessThan(LONGEST_ANSWER);
            assertThat(sotay.output()).doesNotContain("\tat ", " ERROR ");
            assertThat(sotay.output().lines().count()).isLessThan(20);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }
}

package vn.sotay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.Logger;

class FrameworkLogTest {

    private final AtomicBoolean silent = new AtomicBoolean();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final ch.qos.logback.classic.Logger target =
            ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getLogger("of scr");

    @BeforeEach
    void listen() {
        target.setLevel(Level.WARN);
        target.setAdditive(false);
        target.addAppender(told);
        told.start();
    }

    @AfterEach
    void leave() {
        target.detachAppender(told);
    }

    @Test
    void passesEachFormOn() throws Exception {
        Logger log = new FrameworkLog(silent::get).getLogger("of scr");
        Exception failure = new Exception("of a test");

        log.warn("plain");
        log.warn("one {}", 1);
        log.warn("two {} {}", 1, 2);
        log.warn("three {} {} {}", 1, 2, 3);
        log.error("failed", failure);
        log.warn(inner -> inner.warn("by a consumer"));
        log.info("too fine");

        assertThat(told.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("plain", "one 1", "two 1 2", "three 1 2 3", "failed", "by a consumer");
        assertThat(told.list.get(4).getThrowableProxy().getMessage()).isEqualTo("of a test");
        assertThat(log.isWarnEnabled()).isTrue();
        assertThat(log.isInfoEnabled()).isFalse();
        assertThat(log.getName()).isEqualTo("of scr");
        assertThat(log).hasToString(target.toString());
    }

    @Test
    void saysNothingWhenTheOperatorHasBeenTold() {
        Logger log = new FrameworkLog(silent::get).getLogger(null, "of scr", FormatterLogger.class);
        silent.set(true);

        log.error("failed");

        assertThat(told.list).isEmpty();
    }
}

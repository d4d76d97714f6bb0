package dev.baton.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.baton.app.config.Config;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepeatedFaultsTest {
  private final LoggerContext loggers = new LoggerContext();
  private final ListAppender<ILoggingEvent> out = new ListAppender<>();
  private final RepeatedFaults faults = new RepeatedFaults(out);

  @BeforeEach
  void start() {
    out.start();
    faults.start();
  }

  private void log(long at, Level level, String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("", loggers.getLogger("dev.baton.Loop"), level, message, thrown, null);
    event.setTimeStamp(at);
    faults.doAppend(event);
  }

  private List<String> lines() {
    return out.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** As any loop meets it, with another cause each time. */
  private static Throwable fullDisk() {
    return new BatonException(
        ErrorCode.STORAGE_FULL, "the disk is full", new IOException("no space"));
  }

  @Test
  void faultThatStays_isTold_thenCounted_onceInTenSeconds() {
    for (int at = 0; at < 30_000; at += 20) {
      log(at, Level.WARN, "the sweep was refused", fullDisk());
    }

    assertThat(lines())
        .containsExactly(
            "the sweep was refused",
            "the sweep was refused (499 more in 10 s)",
            "the sweep was refused (500 more in 10 s)");
    assertThat(out.list.get(0).getThrowableProxy()).isNotNull();
    assertThat(out.list.get(1).getThrowableProxy()).isNull();
  }

  @Test
  void lastOnes_areTold_whenAllIsQuietAgain() {
    log(0, Level.ERROR, "request a failed: GET /x", fullDisk());
    log(1_000, Level.ERROR, "request b failed: GET /y", fullDisk());
    faults.summarize(9_999);
    assertThat(lines()).hasSize(1);

    faults.summarize(10_000);
    faults.summarize(20_000);

    assertThat(lines())
        .containsExactly("request a failed: GET /x", "request b failed: GET /y (1 more in 10 s)");
  }

  @Test
  void faultThatComesBackLater_isToldAnew() {
    log(0, Level.WARN, "once", null);
    log(10_000, Level.WARN, "once", null);

    assertThat(lines()).containsExactly("once", "once");
  }

  @Test
  void numbersAndIdentifiers_makeNoOtherKind_butWordsAndPlacesDo() {
    log(0, Level.WARN, "model a is paused until 2026-01-02T03:04:05Z", null);
    log(1, Level.WARN, "model a is paused until 2026-01-02T03:04:06Z", null);
    log(2, Level.WARN, "model z is paused until 2026-01-02T03:04:06Z", null);
    log(3, Level.ERROR, "model a is paused until 2026-01-02T03:04:06Z", null);
    log(4, Level.WARN, "failed", new IllegalStateException("here"));
    log(5, Level.WARN, "failed", new IllegalStateException("there"));

    assertThat(lines()).hasSize(5);
  }

  @Test
  void whatIsNoFault_passes() {
    log(0, Level.INFO, "a task is done", null);
    log(0, Level.INFO, "a task is done", null);

    assertThat(lines()).hasSize(2);
  }

  @Test
  void kinds_areBounded_andNoCountIsLost() {
    log(0, Level.WARN, "the first", null);
    log(0, Level.WARN, "the first", null);
    for (int i = 0; i < RepeatedFaults.KINDS_MAX; i++) {
      log(1, Level.WARN, "other " + "x".repeat(i), null);
    }

    assertThat(lines()).contains("the first (1 more in 0 s)");
  }

  @Test
  void clockThatIsPutBack_silencesNothing() {
    log(100_000, Level.WARN, "once", null);
    log(50_000, Level.WARN, "once", null);

    assertThat(lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void fault_isOneLine_withItsCause(String format) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      LogSetup.apply(new Config.Logging("info", format));
      System.Logger log = System.getLogger("dev.baton.RepeatedFaultsTest");
      for (int i = 0; i < 100; i++) {
        log.log(System.Logger.Level.ERROR, "the sweep\nwas refused", fullDisk());
      }
      // Writes the count, as any start of logging does.
      LogSetup.apply(Config.DEFAULT.logging());
    } finally {
      System.setErr(before);
    }

    List<String> lines = bytes.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("no space", "the disk is full", "was refused");
    assertThat(lines.get(1)).contains("(99 more in ");
  }
}

package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed with SIGKILL at random moments under mixed load. {@code
 * -Dbaton.crash.cycles=1000} makes it longer, {@code -Dbaton.crash.seed=…} repeats its choices
 * (though not the machine's).
 */
final class CrashTest {
  private static final int CYCLES = Integer.getInteger("baton.crash.cycles", 50);
  private static final long SEED = Long.getLong("baton.crash.seed", System.nanoTime());
  private static final Duration UPTIME_MAX = Duration.ofMillis(1_500);

  /** Each way to work and to misbehave, and calls that a kill left without an answer. */
  private static final List<String> TRIED =
      List.of(
          "SUBMIT 200",
          "SUBMIT 422",
          "SUBMIT 0",
          "LEASE 200",
          "LEASE 204",
          "LEASE 0",
          "EXTEND 200",
          "EXTEND 409",
          "RELEASE 200",
          "RELEASE 409",
          "FAIL 200",
          "FAIL 409",
          "COMPLETE 200",
          "COMPLETE 409",
          "COMPLETE 0",
          "READ 200");

  /** What fails is kept, to be looked into. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void killedAgainAndAgain_keepsEveryPromise() throws Exception {
    System.out.println("baton.crash.seed=" + SEED);
    try (Campaign campaign = new Campaign(directory, ServerProcess::serve, SEED)) {
      campaign.startClients();
      for (int i = 0; i < CYCLES; i++) {
        campaign.cycle(UPTIME_MAX);
      }
      campaign.startServer();
      campaign.stopClients();
      campaign.drain(Duration.ofSeconds(60));
      Report report = campaign.check();
      System.out.println(CYCLES + " kills: " + report);
      System.out.println(
          "start to listening, ms: "
              + campaign.startMillis().stream().mapToLong(Long::longValue).summaryStatistics());
      assertThat(report.violations()).as("seed %s, %s", SEED, directory).isEmpty();
      // Otherwise nothing was tried, and finding nothing says nothing.
      assertThat(report.acked()).isGreaterThan(20L * CYCLES);
      assertThat(report.answers().keySet()).containsAll(TRIED);
    }
  }
}

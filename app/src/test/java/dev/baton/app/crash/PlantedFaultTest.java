package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the crash test: each planted fault has to be found, and called by its name. */
final class PlantedFaultTest {
  private static final Duration UPTIME_MAX = Duration.ofSeconds(1);
  private static final int KILLS = 8;

  /** Leases last up to two seconds, and a late word comes up to one and a half after that. */
  private static final Duration WORK = Duration.ofSeconds(5);

  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "ACK_BEFORE_COMMIT", mode = EnumSource.Mode.EXCLUDE)
  void check_serverWithAFault_namesTheBrokenRule(Fault fault) throws Exception {
    try (Campaign campaign = campaign(fault)) {
      campaign.startServer();
      campaign.startClients();
      campaign.work(WORK);
      campaign.stopClients();
      Report report = campaign.check();
      assertThat(report.broken()).as(report.toString()).contains(fault.breaks());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "ACK_BEFORE_COMMIT")
  void check_killedServerWithAFault_namesTheBrokenRule(Fault fault) throws Exception {
    try (Campaign campaign = campaign(fault)) {
      campaign.startClients();
      for (int i = 0; i < KILLS; i++) {
        campaign.cycle(UPTIME_MAX);
      }
      campaign.startServer();
      campaign.stopClients();
      campaign.drain(DRAIN_MAX);
      Report report = campaign.check();
      assertThat(report.broken()).as(report.toString()).contains(fault.breaks());
    }
  }

  private Campaign campaign(Fault fault) throws IOException {
    return new Campaign(
        directory, database -> ServerProcess.serve(database, fault), fault.name().hashCode());
  }
}

package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.crash.Wire.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server goes when it is told to, how two of them meet, and how one dies in its cradle. */
final class SignalTest {
  private static final Duration EXIT_MAX = Duration.ofSeconds(35);
  private static final int IN_USE = 75;
  private static final int CRADLE_DEATHS = 6;

  @TempDir private Path directory;

  @Test
  void terminated_answersWhatItAcceptedAndTakesNothingNew() throws Exception {
    try (ServerProcess server = ServerProcess.serve(directory.resolve("baton.db"));
        Wire slow = new Wire();
        Wire waiting = new Wire();
        Wire looking = new Wire()) {
      InetSocketAddress address = server.address();
      byte[] put = Wire.request(address, "/putPrompt", "{\"prompt\":\"what follows slowly\"}");
      slow.connect(address);
      slow.send(Arrays.copyOf(put, put.length - 9));
      waiting.connect(address);
      waiting.send(Wire.request(address, "/getPrompt?waitSeconds=60", null));
      assertThat(looking.call(address, "/readyz", null).status()).isEqualTo(200);

      server.terminate();

      Answer ready = untilNotReady(looking, address);
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("shutting down");
      assertThat(waiting.receive().status()).isEqualTo(204);
      slow.send(Arrays.copyOfRange(put, put.length - 9, put.length));
      assertThat(slow.receive().status()).isEqualTo(200);
      assertThat(server.await(EXIT_MAX)).as(server.said()).isZero();
    }
  }

  private static Answer untilNotReady(Wire wire, InetSocketAddress address) throws IOException {
    Answer answer = wire.call(address, "/readyz", null);
    while (answer.status() == 200) {
      LockSupport.parkNanos(1_000_000);
      answer = wire.call(address, "/readyz", null);
    }
    return answer;
  }

  @Test
  void terminatedUnderLoad_exitsCleanlyAndLosesNothing() throws Exception {
    try (Campaign campaign = new Campaign(directory, ServerProcess::serve, 15)) {
      campaign.startClients();
      for (int i = 0; i < 2; i++) {
        ServerProcess server = campaign.startServer();
        campaign.work(Duration.ofSeconds(1));
        server.terminate();
        assertThat(server.await(EXIT_MAX)).as(server.said()).isZero();
        campaign.down();
      }
      campaign.startServer();
      campaign.stopClients();
      campaign.drain(Duration.ofSeconds(30));
      Report report = campaign.check();
      assertThat(report.violations()).as(report.toString()).isEmpty();
      assertThat(report.acked()).isPositive();
    }
  }

  @Test
  void secondServerOnTheSameFile_isRefusedWithThePidOfTheFirst() throws Exception {
    Path database = directory.resolve("baton.db");
    try (ServerProcess first = ServerProcess.serve(database)) {
      InetSocketAddress address = first.address();
      try (ServerProcess second = ServerProcess.serve(database);
          Wire wire = new Wire()) {
        assertThat(second.await(EXIT_MAX)).isEqualTo(IN_USE);
        assertThat(second.said()).contains(Long.toString(first.pid()));
        assertThat(wire.call(address, "/readyz", null).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void killedWhileItMakesItsFile_leavesAFileThatOpens() throws Exception {
    Random random = new Random(17);
    for (int i = 0; i < CRADLE_DEATHS; i++) {
      Path database = directory.resolve("baton-" + i + ".db");
      try (ServerProcess newborn = ServerProcess.serve(database)) {
        while (!Files.exists(database) && newborn.isAlive()) {
          LockSupport.parkNanos(200_000);
        }
        LockSupport.parkNanos(random.nextInt(60_000_000));
        newborn.kill();
      }
      try (ServerProcess next = ServerProcess.serve(database);
          Wire wire = new Wire()) {
        String text = "after death " + i;
        Answer put = wire.call(next.address(), "/putPrompt", "{\"prompt\":\"" + text + "\"}");
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(wire.call(next.address(), "/getPrompt", null).body()).contains(text);
      }
    }
  }
}

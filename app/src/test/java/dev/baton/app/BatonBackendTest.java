package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.shared.CliBackend.BenchOptions;
import dev.baton.cli.shared.CliBackend.ServeOptions;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a command from its start is told in a sentence, with a code for it. */
final class BatonBackendTest {
  @TempDir private Path directory;

  private CommandFailure failure(String host, int port, Optional<Path> config) {
    ServeOptions options =
        new ServeOptions(
            Optional.of(directory.resolve("baton.db")),
            Optional.of(host),
            Optional.of(port),
            config,
            true,
            false,
            false);
    BatonBackend backend = new BatonBackend(Map.of(), Seams.NONE);
    try {
      backend.serve(options, new StopSignal(), listening -> {});
      throw new AssertionError("it served");
    } catch (CommandFailure e) {
      return e;
    }
  }

  @Test
  void serve_onATakenPort_hasACodeOfItsOwn_andNamesThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path config = directory.resolve("config.yaml");
      Files.writeString(config, "server: {extra_listeners: [%d]}".formatted(port));

      for (CommandFailure failure :
          new CommandFailure[] {
            failure("127.0.0.1", port, Optional.empty()),
            failure("127.0.0.1", 0, Optional.of(config))
          }) {
        assertThat(failure.exitCode()).isEqualTo(ExitCodes.ADDRESS_TAKEN);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "no.such.host.invalid"})
  void serve_onAnAddressThatIsNotHere_isRefused(String host) {
    assertThat(failure(host, 0, Optional.empty()).exitCode()).isEqualTo(ExitCodes.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[3000, 3000]", "[3001]"})
  void serve_onOnePortTwice_isRefused(String extra) throws IOException {
    Path config = directory.resolve("config.yaml");
    Files.writeString(config, "server: {extra_listeners: %s}".formatted(extra));

    CommandFailure failure = failure("127.0.0.1", 3001, Optional.of(config));

    assertThat(failure.exitCode()).isEqualTo(ExitCodes.REFUSED);
    assertThat(failure).hasMessageContaining("extra_listeners");
  }

  @Test
  void bench_inADirectoryThatIsNotThere_is73() {
    BenchOptions options =
        new BenchOptions("raw", Optional.of(directory.resolve("none")), Duration.ofMillis(1), 1, 1);

    assertThatThrownBy(
            () ->
                new BatonBackend(Map.of(), Seams.NONE)
                    .bench(options, new StopSignal(), figure -> {}))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCodes.CANNOT_WRITE));
  }
}

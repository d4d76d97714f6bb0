package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.Node;
import dev.baton.app.Wiring;
import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of this process for others' programs, and a way to run them. */
final class Served {
  private static final long PATIENCE_SECONDS = 120;

  private Served() {}

  /** A server of these settings, which has its file in the directory. */
  static Node node(Path directory, Map<String, String> environment, String yaml)
      throws IOException {
    Path file = Files.writeString(directory.resolve("config.yaml"), yaml);
    Config config = new ConfigLoader(environment).load(file);
    return Node.start(new Wiring(config), config, false);
  }

  /** Settings of any free port and a file in the directory. */
  static String anywhere(Path directory) {
    return """
        server: {port: 0}
        store: {url: %s, durability: process-crash}
        """
        .formatted(directory.resolve("test.db"));
  }

  /** What a program prints, which has to end well. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}

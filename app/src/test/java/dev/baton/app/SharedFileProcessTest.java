package dev.baton.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands on one database file at once, each a process of its own. */
final class SharedFileProcessTest {
  private static final int IN_USE = 75;

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("w.db");
  }

  @AfterEach
  void end() {
    started.forEach(process -> process.destroyForcibly().onExit().join());
  }

  private static List<String> command(String... arguments) {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.baton.app.Main");
    return Stream.concat(java, Stream.of(arguments)).toList();
  }

  private Process start(String... arguments) throws IOException {
    return start(command(arguments));
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BATON_DB", file.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static String ended(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private String run(int exitCode, String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String said = ended(process);
    assertThat(process.exitValue()).as(said).isEqualTo(exitCode);
    return said;
  }

  private static String listening(Process server) {
    return server
        .inputReader(UTF_8)
        .lines()
        .filter(line -> line.startsWith("http"))
        .findFirst()
        .orElse("");
  }

  @Test
  void eightPutsAtOnce_allGetTheirTurn() throws IOException, InterruptedException {
    List<String> xargs =
        Stream.concat(Stream.of("xargs", "-P8", "-n1"), command("put").stream()).toList();
    Process process = start(xargs);
    try (var names = process.outputWriter(UTF_8)) {
      for (int i = 0; i < 16; i++) {
        names.write("prompt-" + i + "\n");
      }
    }

    String said = ended(process);

    assertThat(process.exitValue()).as(said).isZero();
    String listed = run(0, "list", "--json");
    IntStream.rangeClosed(1, 16).forEach(i -> assertThat(listed).contains("\"seq\":" + i + ","));
  }

  @Test
  void readersBesideWork_takeNoLock_whileAWriterIsRefusedByName() throws Exception {
    String id = run(0, "put", "hello").strip().lines().findFirst().orElseThrow();
    Path begun = directory.resolve("begun");
    Process work =
        start("work", "--", "sh", "-c", "touch " + begun + "; while true; do sleep 0.1; done");
    while (!Files.exists(begun)) {
      assertThat(work.isAlive()).isTrue();
      LockSupport.parkNanos(20_000_000);
    }

    Process first = start("get", id);
    Process second = start("get", id);
    assertThat(ended(first)).contains("leased");
    assertThat(ended(second)).contains("leased");
    run(0, "queue", "list");
    run(0, "batch", "list");
    run(0, "check");
    assertThat(run(IN_USE, "put", "another"))
        .contains("process " + work.pid() + " (baton work)")
        .contains("--server");
    assertThat(work.isAlive()).isTrue();
  }

  @Test
  void server_isRefusedAtOnce_withTheLineToUse_alsoThroughALink() throws Exception {
    Process server = start("serve", "--port", "0");
    String url = listening(server);
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);

    assertThat(run(IN_USE, "put", "hello", "--lock-wait", "1h"))
        .contains("process " + server.pid() + " (baton serve)")
        .contains("--server " + url);
    assertThat(run(IN_USE, "serve", "--port", "0", "--db", link.toString()))
        .contains("--server " + url);
    assertThat(run(IN_USE, "prune", "--older-than", "1d", "--yes", "--db", link.toString()))
        .contains("(baton serve)");
    run(0, "list");
  }

  @Test
  void databaseRemovedUnderAServer_endsIt_withACodeThatAsksForSomebody() throws Exception {
    Process server = start("serve", "--port", "0");
    assertThat(listening(server)).startsWith("http");

    Files.delete(file);

    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(72);
    assertThat(server.inputReader(UTF_8).lines().toList().toString())
        .contains(file + " was deleted while this process had it open");
  }
}

package dev.baton.persistence;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Another process that opens a database, says how that went, and keeps it until it is closed. */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private StoreProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  static StoreProcess open(Path database, boolean lasting) throws IOException {
    return new StoreProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                database.toString(),
                String.valueOf(lasting))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  public static void main(String[] args) throws IOException {
    Turn turn = new Turn("a probe", Boolean.parseBoolean(args[1]), Duration.ZERO, holder -> {});
    StoreOptions options = StoreOptions.DEFAULT.withLowWater(0).withTurn(turn);
    try (Baton baton = Baton.builder(SqlStores.open(Path.of(args[0]), options)).build()) {
      baton.submit("from another process");
      System.out.println("OPEN");
      int unused = System.in.read();
    } catch (StoreRefusedException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    }
  }

  /** What it came to: {@code OPEN}, or the reason and the sentence of the refusal. */
  String outcome() throws IOException {
    return String.valueOf(said.readLine());
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    process.onExit().join();
  }
}

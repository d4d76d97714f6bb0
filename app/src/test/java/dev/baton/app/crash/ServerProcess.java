package dev.baton.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which ends at the latest with this one. Thread-safe. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
  private static final String SLOW = "dev.baton.app.SlowModelMain";
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
  private final Thread listener;

  private ServerProcess(Process process) {
    this.process = process;
    this.listener = new Thread(this::listen, "server-output");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts {@code baton serve} on this file, at any free port. */
  static ServerProcess serve(Path database) throws IOException {
    return start("dev.baton.app.Main", List.of(), database, Map.of());
  }

  /** The same with files below a root. */
  static ServerProcess serve(Path database, Path root) throws IOException {
    return start(
        "dev.baton.app.Main", List.of(), database, Map.of("BATON_FILES_ROOT", root.toString()));
  }

  /** The same with a fault. */
  static ServerProcess serve(Path database, Fault fault) throws IOException {
    return start("dev.baton.app.FaultyMain", List.of(fault.name()), database, Map.of());
  }

  /** The same with an executor whose model answers after so long, and notes calls in a file. */
  static ServerProcess serveSlowly(Path database, Path journal, Duration answer)
      throws IOException {
    return start(SLOW, slowly(journal, answer), database, Map.of());
  }

  /** The same with files below a root. */
  static ServerProcess serveSlowly(Path database, Path journal, Duration answer, Path root)
      throws IOException {
    Map<String, String> files = Map.of("BATON_FILES_ROOT", root.toString());
    return start(SLOW, slowly(journal, answer), database, files);
  }

  private static List<String> slowly(Path journal, Duration answer) {
    return List.of(journal.toString(), Long.toString(answer.toMillis()));
  }

  private static ServerProcess start(
      String mainClass, List<String> arguments, Path database, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    command.addAll(List.of("serve", "--echo", "--db", database.toString(), "--port", "0"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    RUNNING.add(process);
    return new ServerProcess(process);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        Matcher matcher = LISTENS.matcher(line);
        if (matcher.matches()) {
          address.complete(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1))));
        }
      }
    } catch (IOException e) {
      address.completeExceptionally(new UncheckedIOException(e));
    } finally {
      address.completeExceptionally(new IllegalStateException("it ended: " + said));
    }
  }

  /** Where it listens, once it does; also completes, with an error, when it ends before that. */
  CompletableFuture<InetSocketAddress> listening() {
    return address;
  }

  /** Waits until it listens. */
  InetSocketAddress address() throws InterruptedException {
    try {
      return address.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the server does not start: " + said, e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** All that it printed so far. */
  String said() {
    return String.join("\n", said);
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    RUNNING.remove(process);
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end, and returns its exit code. */
  int await(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("still alive after " + atMost + ": " + said);
    }
    listener.join(atMost.toMillis());
    RUNNING.remove(process);
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}

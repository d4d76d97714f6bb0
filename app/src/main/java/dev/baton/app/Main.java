package dev.baton.app;

import dev.baton.cli.Cli;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.LocaleText;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Terminal;
import dev.baton.persistence.SqlStores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program: one command line, from its arguments to its exit code. */
public final class Main {
  /** How long a signal waits for what is under way: requests, leases, the last checkpoint. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  private Main() {}

  public static void main(String[] args) {
    Optional<String[]> exact = ProcessArguments.exact(args);
    if (exact.isEmpty()) {
      System.err.println(
          "baton: the arguments are not readable in this locale: give them in UTF-8 ("
              + LocaleText.ADVICE
              + "), or on standard input");
      System.exit(ExitCodes.USAGE);
    }
    Interrupts.listen();
    System.exit(run(exact.orElse(args), Seams.NONE));
  }

  /**
   * Runs a command line.
   *
   * @param seams where tests plant something
   */
  static int run(String[] args, Seams seams) {
    if (args.length > 0 && args[0].equals("serve")) {
      // The command line is read meanwhile, on another processor.
      Thread preload = new Thread(SqlStores::preload, "baton-preload");
      preload.setDaemon(true);
      preload.start();
    }
    BatonBackend backend = new BatonBackend(System.getenv(), seams);
    StopSignal stop = new StopSignal();
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(backend, stop, code), "baton-stop"));
    // Not System.out, which keeps faults to itself.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.ofProcess(System.in, stop);
    int exitCode = new Cli(backend, terminal, InstantSource.system(), out, err).run(args);
    code.complete(exitCode);
    return exitCode;
  }

  /** A signal came, or the program ends by itself, in which case nothing is under way. */
  private static void end(BatonBackend backend, StopSignal stop, CompletableFuture<Integer> code) {
    boolean serving = backend.isServing();
    boolean working = stop.isAwaited();
    try {
      boolean ended = stop.stopAndAwait(PATIENCE);
      if (serving) {
        // Java would report the signal; a server that drained has done what it was asked to.
        Runtime.getRuntime().halt(ended ? 0 : 1);
      }
      if (working && ended) {
        // The same of a command that came to an end: its exit code says how far it got.
        Runtime.getRuntime().halt(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
    } catch (ExecutionException | TimeoutException e) {
      Runtime.getRuntime().halt(ExitCodes.BUG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

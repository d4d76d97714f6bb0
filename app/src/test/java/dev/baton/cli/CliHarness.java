package dev.baton.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Terminal;
import dev.baton.core.Baton;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.FakeWebhookSender;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.MemoryBatchFiles;
import dev.baton.http.in.runner.schedule.RunFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs command lines in this process over one Baton in memory, which stands for the database file
 * {@link #db}. Safe for use by several threads, but for what {@link #in} and the like set.
 */
public final class CliHarness implements AutoCloseable {
  private final MemoryBatchFiles files = new MemoryBatchFiles();
  private final Baton baton;
  private final FakeBackend backend;
  private final Map<String, String> variables = new HashMap<>();
  private final Path db;
  private StopSignal stop = new StopSignal();
  private byte[] in = new byte[0];
  private boolean terminal;

  public CliHarness(Path directory) {
    this(directory, FakeModelClient.model("fake-model", 2));
  }

  /** One whose Baton offers these models; none: it answers for any name. */
  public CliHarness(Path directory, ModelSpec... models) {
    baton =
        Baton.builder(new InMemoryStore())
            .webhooks(new FakeWebhookSender())
            .models(new FakeModelClient(models))
            .withoutExecutor()
            .files(files, new RunFiles())
            .build()
            .start();
    backend = new FakeBackend(baton, files);
    db = directory.resolve("baton.db");
    try {
      Files.createFile(db);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    variables.put("BATON_DB", db.toString());
  }

  /** What a command line came to. */
  public record Outcome(int exitCode, String out, String err) {

    /** The first line of data. */
    public JsonNode json() {
      return parsed(out.lines().findFirst().orElse(""));
    }

    /** What went wrong, in JSON. */
    public JsonNode error() {
      return parsed(err.lines().findFirst().orElse("")).path("error");
    }

    private static JsonNode parsed(String text) {
      try {
        return Jsons.read(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }
  }

  public Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Outcome outcome = runInto(out, args);
    return new Outcome(outcome.exitCode(), out.toString(StandardCharsets.UTF_8), outcome.err());
  }

  /** Runs a command line whose data goes to {@code out}, and tells it without. */
  public Outcome runInto(OutputStream out, String... args) {
    StringWriter err = new StringWriter();
    Terminal process =
        new Terminal(
            new ByteArrayInputStream(in),
            variables,
            terminal,
            terminal,
            terminal,
            OptionalInt::empty,
            stop);
    int exitCode =
        new Cli(backend, process, InstantSource.system(), out, new PrintWriter(err)).run(args);
    return new Outcome(exitCode, "", err.toString());
  }

  /** What stands on standard input from now on. */
  @CanIgnoreReturnValue
  public CliHarness in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  @CanIgnoreReturnValue
  public CliHarness in(byte[] bytes) {
    in = bytes;
    return this;
  }

  /** A person sits before a terminal from now on. */
  @CanIgnoreReturnValue
  public CliHarness onTerminal() {
    terminal = true;
    return this;
  }

  @CanIgnoreReturnValue
  public CliHarness variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  @CanIgnoreReturnValue
  public CliHarness withoutVariables() {
    variables.clear();
    return this;
  }

  /** A new signal, for the command lines from now on. */
  public StopSignal newStop() {
    stop = new StopSignal();
    return stop;
  }

  public Baton baton() {
    return baton;
  }

  /** What schedules find under the root of files. */
  public MemoryBatchFiles files() {
    return files;
  }

  public FakeBackend backend() {
    return backend;
  }

  public Path db() {
    return db;
  }

  /** Submits to the default queue and returns the id. */
  public String put(String prompt) {
    return baton.submit(prompt).value();
  }

  public TaskId put(NewTask task) {
    return baton.submit(task);
  }

  /** Leases the next prompt of the default queue, for two minutes. */
  public LeaseId lease() {
    return baton
        .lease(QueueName.DEFAULT, new WorkerId("test"), Duration.ofMinutes(2))
        .orElseThrow()
        .leaseId();
  }

  public String state(String id) {
    return baton.find(new TaskId(id)).orElseThrow().state().kind().name();
  }

  public String answer(String id) {
    return baton.answer(new TaskId(id)).orElseThrow();
  }

  @Override
  public void close() {
    baton.close();
  }
}

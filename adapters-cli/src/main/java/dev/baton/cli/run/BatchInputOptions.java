package dev.baton.cli.run;

import com.google.common.hash.Hashing;
import dev.baton.cli.shared.BatchOptions;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Talk;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchTask;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServer.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that make a batch of a file. */
final class BatchInputOptions {
  @Mixin private final BatchOptions batch = new BatchOptions();

  @Parameters(paramLabel = "INPUT", arity = "1", description = "A file: .csv, or JSON Lines.")
  private Path input = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "BATCH",
      description = "The batch's id (default: made of the file's path).")
  private Optional<BatchId> id = Optional.empty();

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private String name = "";

  BatchId id() throws IOException {
    if (id.isPresent()) {
      return id.get();
    }
    try {
      String path = input.toRealPath().toString();
      String hash = Hashing.sha256().hashString(path, StandardCharsets.UTF_8).toString();
      return new BatchId("batch-" + hash.substring(0, 24));
    } catch (IOException e) {
      throw Texts.unreadable(input.toString(), e);
    }
  }

  private NewBatch batch() throws IOException {
    String label = name.isEmpty() ? String.valueOf(input.getFileName()) : name;
    return new NewBatch(
        Optional.of(id()), label, "", batch.over(BatchConfig.DEFAULT), Optional.empty());
  }

  /** All rows, or a refusal that names the first one that is wrong. */
  List<BatchTask> rows(BatchId batch) throws IOException {
    List<BatchTask> rows = new ArrayList<>();
    try (RowSource source = RowSource.open(input)) {
      for (Optional<Row> next = source.next(); next.isPresent(); next = source.next()) {
        Row row = next.get();
        if (row.item().isEmpty()) {
          throw CommandFailure.usage(
              "line %d: %s; a batch is made of all rows or none, 'baton run' passes bad ones over"
                  .formatted(row.line(), row.problem()));
        }
        if (rows.size() == BatchServer.ROWS_MAX) {
          throw CommandFailure.usage(
              "more than %d rows: split the file, or give it to 'baton run'"
                  .formatted(BatchServer.ROWS_MAX));
        }
        BatchTask task = BatchTask.of(row.item().get().prompt());
        rows.add(task.withId(Optional.of(row.taskId(batch.value()))));
      }
    }
    if (rows.isEmpty()) {
      throw CommandFailure.usage("the file has no rows");
    }
    return rows;
  }

  /** The batch made of the file, or the one that an earlier call made of it. */
  Batch make(BatchServer server, Talk talk) throws IOException {
    NewBatch batch = batch();
    BatchId named = id();
    List<BatchTask> rows = rows(named);
    try {
      return server.create(batch, rows);
    } catch (BatonException e) {
      if (e.code() != ErrorCode.BATCH_EXISTS) {
        throw e;
      }
      return again(server, named, rows, talk);
    }
  }

  private static Batch again(BatchServer server, BatchId id, List<BatchTask> rows, Talk talk) {
    Batch there = server.find(id);
    List<TaskId> first = server.rows(id, 0).stream().map(BatchServer.Row::task).toList();
    List<TaskId> wanted =
        rows.stream().limit(BatchServer.PAGE).map(row -> row.id().orElseThrow()).toList();
    if (there.counts().total() != rows.size() || !first.equals(wanted)) {
      throw new CommandFailure(
          ExitCodes.CONFLICT,
          "BATCH_EXISTS",
          "batch " + id + " was made of other rows: give this one another --id");
    }
    talk.say("batch " + id + " is there already: going on with it");
    return there;
  }
}

package dev.baton.cli.run;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.port.BatchServer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes how the rows of a batch came out: JSON Lines, in the order of the rows. */
final class BatchResults {

  private BatchResults() {}

  /** Writes a file as a whole: it is there once the last row is in it. */
  static void write(BatchServer server, BatchId id, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        each(
            server,
            id,
            line -> {
              out.write(line);
              out.write('\n');
            });
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_WRITE, "CANNOT_WRITE", "can't write " + file + ": " + e);
    }
  }

  /** Takes lines. */
  @FunctionalInterface
  interface Sink {
    void accept(String line) throws IOException;
  }

  static void each(BatchServer server, BatchId id, Sink sink) throws IOException {
    long number = 0;
    int page = 0;
    List<BatchServer.Row> rows;
    do {
      rows = server.rows(id, page);
      for (BatchServer.Row row : rows) {
        number++;
        sink.accept(line(number, row));
      }
      page++;
    } while (rows.size() == BatchServer.PAGE);
  }

  private static String line(long number, BatchServer.Row row) {
    Jsons.Members line =
        new Jsons.Members()
            .put("row", number)
            .put("taskId", row.task().value())
            .put("over", row.over())
            .put("content", row.answer());
    row.failure()
        .ifPresent(
            failure ->
                line.put(
                    "error",
                    new Jsons.Members()
                        .put("code", failure.code())
                        .put("message", failure.message())
                        .toMap()));
    return Jsons.write(line.toMap());
  }
}

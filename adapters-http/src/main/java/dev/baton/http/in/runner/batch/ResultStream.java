package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.batch.ResultLines;
import dev.baton.core.usecase.model.Models;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.StreamWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Sends a batch's results, a page at a time: the next page is read when the last one is sent, so
 * that a slow reader costs no memory and a quick one no wait. Each step is taken by one thread at a
 * time, and starts the next.
 */
final class ResultStream {
  static final String CSV_TYPE = "text/csv";
  static final String JSONL_TYPE = "application/x-ndjson";

  private static final int PAGE = 200;
  private static final int PIECE_MAX = 256 << 10;

  private final Batches batches;
  private final Models prices;
  private final TenantId tenant;
  private final BatchId id;
  private final Format format;
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private long after;

  ResultStream(Batches batches, Models prices, TenantId tenant, BatchId id, Format format) {
    this.batches = batches;
    this.prices = prices;
    this.tenant = tenant;
    this.id = id;
    this.format = format;
  }

  Reply reply() {
    String type =
        switch (format) {
          case CSV -> CSV_TYPE + "; charset=utf-8; header=present";
          case JSONL -> JSONL_TYPE;
        };
    String suffix = format == Format.CSV ? ".csv" : ".jsonl";
    // An id is plain: it needs no escaping in a header.
    String name = id.value().replace(':', '_') + "-results" + suffix;
    return Reply.stream(type, this::begin)
        .withHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private void begin(StreamWriter writer) {
    if (format == Format.CSV) {
      pieces.add(ResultLines.csvHeader().getBytes(UTF_8));
    }
    next(writer);
  }

  /** Everything before is sent: sends the next piece, or reads the next page. */
  private void next(StreamWriter writer) {
    byte[] piece = pieces.poll();
    if (piece == null) {
      read(writer);
    } else if (writer.write(piece)) {
      writer.onDrained(() -> next(writer));
    }
  }

  private void read(StreamWriter writer) {
    var unused =
        batches
            .outcomes(tenant, id, after, PAGE)
            .whenComplete(
                (page, error) -> {
                  if (error != null) {
                    // Cut short, so that nobody takes it for the whole.
                    writer.abort();
                  } else if (page.isEmpty()) {
                    writer.close();
                  } else {
                    after = page.get(page.size() - 1).row().seq();
                    add(page);
                    next(writer);
                  }
                });
  }

  private void add(List<Batches.Outcome> page) {
    StringBuilder text = new StringBuilder();
    for (Batches.Outcome outcome : page) {
      text.append(
          format == Format.CSV
              ? ResultLines.csv(outcome, prices)
              : ResultLines.jsonl(outcome, prices));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += PIECE_MAX) {
      pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_MAX)));
    }
  }
}

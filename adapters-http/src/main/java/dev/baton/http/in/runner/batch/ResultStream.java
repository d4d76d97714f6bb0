package dev.baton.http.in.runner.batch;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import dev.baton.http.in.api.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends a batch's results, a page at a time. */
final class ResultStream {
  static final String CSV_TYPE = "text/csv";
  static final String JSONL_TYPE = "application/x-ndjson";

  private static final int PAGE = 200;

  private final Batches batches;
  private final Models prices;
  private final TenantId tenant;
  private final BatchId id;
  private final ResultFormat format;
  private long after;

  ResultStream(Batches batches, Models prices, TenantId tenant, BatchId id, ResultFormat format) {
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
          case JSONL, OPENAI, ANTHROPIC -> JSONL_TYPE;
        };
    String suffix = format == ResultFormat.CSV ? ".csv" : ".jsonl";
    // An id is plain: it needs no escaping in a header.
    String name = id.value().replace(':', '_') + "-results" + suffix;
    return Reply.stream(type, new PartStream(header(), this::page)::sendTo)
        .withHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private CompletableFuture<Optional<String>> page() {
    return batches
        .outcomes(tenant, id, after, PAGE)
        .thenApply(page -> page.isEmpty() ? Optional.empty() : Optional.of(lines(page)));
  }

  private String lines(List<Batches.Outcome> page) {
    after = page.get(page.size() - 1).row().seq();
    StringBuilder text = new StringBuilder();
    for (Batches.Outcome outcome : page) {
      text.append(line(outcome));
    }
    return text.toString();
  }

  private String header() {
    return format == ResultFormat.CSV ? ResultLines.header(Format.CSV) : "";
  }

  private String line(Batches.Outcome outcome) {
    return switch (format) {
      case CSV -> ResultLines.line(Format.CSV, outcome, prices);
      case JSONL -> ResultLines.line(Format.JSONL, outcome, prices);
      case OPENAI -> OpenAiResult.line(outcome);
      case ANTHROPIC -> AnthropicResult.line(outcome);
    };
  }
}

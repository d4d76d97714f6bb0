package dev.baton.cli.batch;

import com.google.common.hash.Hashing;
import com.google.common.io.Files;
import dev.baton.cli.shared.BatchOptions;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that make a batch of a file. */
final class BatchInputOptions {
  @Mixin private final BatchOptions config = new BatchOptions();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1",
      description = "A file: CSV, or JSON Lines when named .jsonl or .ndjson.")
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

  /** CSV, or JSON Lines when it ends in {@code .jsonl} or {@code .ndjson}: as on a server. */
  private Format format() {
    String lower = input.toString().toLowerCase(Locale.ROOT);
    return lower.endsWith(".jsonl") || lower.endsWith(".ndjson") ? Format.JSONL : Format.CSV;
  }

  /** Stands in the description of a batch, and tells which rows it was made of. */
  private String content() throws IOException {
    if (!input.toFile().isFile()) {
      throw CommandFailure.usage(input + " is no plain file, and rows are read more than once");
    }
    try {
      return "sha256 " + Files.asByteSource(input.toFile()).hash(Hashing.sha256());
    } catch (IOException e) {
      throw Texts.unreadable(input.toString(), e);
    }
  }

  private NewBatch batch(BatchId batchId, String content) {
    String file = String.valueOf(input.getFileName());
    String label = name.isEmpty() ? file : name;
    if (label.length() > NewBatch.NAME_MAX) {
      throw CommandFailure.usage("--name has up to " + NewBatch.NAME_MAX + " characters");
    }
    return new NewBatch(
        Optional.of(batchId),
        label,
        "made of %s, %s".formatted(file, content),
        config.over(BatchConfig.DEFAULT),
        Optional.empty());
  }

  /** The batch made of the file, or the one that an earlier call made of it. */
  Batch make(BatchClient server, Output talk) throws IOException {
    BatchId named = id();
    String content = content();
    Optional<Details> there = find(server, named);
    if (there.isPresent()) {
      return again(there.get(), content, talk);
    }
    try {
      return server.create(batch(named, content), input, format());
    } catch (BatonException e) {
      if (e.code() != ErrorCode.BATCH_EXISTS) {
        throw e;
      }
      // Somebody else made it meanwhile.
      return again(server.details(named), content, talk);
    }
  }

  private static Optional<Details> find(BatchClient server, BatchId id) {
    try {
      return Optional.of(server.details(id));
    } catch (BatonException e) {
      if (e.code() == ErrorCode.BATCH_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Goes on with a batch that is what the command line asks for, as far as that says anything. */
  private Batch again(Details there, String content, Output talk) {
    BatchId batchId = there.batch().id();
    if (!there.description().endsWith(content)) {
      throw conflict("batch " + batchId + " was made of other rows: give this one another --id");
    }
    List<String> differences = new ArrayList<>(config.differences(there.config()));
    if (!name.isEmpty() && !name.equals(there.batch().name())) {
      differences.add("name " + there.batch().name() + ", not " + name);
    }
    if (!differences.isEmpty()) {
      throw conflict(
          "batch %s is there with %s: change it with 'baton batch set', or give another --id"
              .formatted(batchId, String.join("; ", differences)));
    }
    talk.say("batch " + batchId + " is there already: going on with it");
    return there.batch();
  }

  private static CommandFailure conflict(String message) {
    return new CommandFailure(ExitCodes.CONFLICT, "BATCH_EXISTS", message);
  }
}

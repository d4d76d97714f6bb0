package dev.baton.cli.batch;

import com.google.common.hash.Hashing;
import com.google.common.io.Files;
import dev.baton.cli.shared.BatchOptions;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Terminal;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import dev.baton.core.client.BatchClient.Created;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that make a batch of a file. */
final class BatchInputOptions {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Looks at a batch that is being made elsewhere: two minutes of them. */
  private static final int LOOKS = 240;

  @Mixin private final BatchOptions config = new BatchOptions();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1",
      description = "A file: CSV, or JSON Lines when named .jsonl or .ndjson; - is standard input.")
  private Path input = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "BATCH",
      description = "The batch's id (default: made of the file's path, or of what - brings).")
  private Optional<BatchId> id = Optional.empty();

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private String name = "";

  /** The rows that were named, as a file that can be read more than once. */
  private record Rows(Path file, String label, boolean standard) {

    /** Stands in the description of a batch, and tells which rows it was made of. */
    String content() {
      if (file.toFile().exists() && !file.toFile().isFile()) {
        throw CommandFailure.usage(file + " is no plain file, and rows are read more than once");
      }
      try {
        return "sha256 " + Files.asByteSource(file.toFile()).hash(Hashing.sha256());
      } catch (IOException e) {
        throw Texts.unreadable(file.toString(), e);
      }
    }

    /** Of the path, so that it is the same after the file was changed, which is then refused. */
    BatchId id(String content) {
      try {
        String name = standard ? content : file.toRealPath().toString();
        String hash = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
        return new BatchId("batch-" + hash.substring(0, 24));
      } catch (IOException e) {
        throw Texts.unreadable(file.toString(), e);
      }
    }

    /** As the file is named; standard input is JSON when it begins as an object or a list does. */
    Format format() {
      if (!standard) {
        return Format.of(file.toString());
      }
      try (BufferedReader reader = Files.newReader(file.toFile(), StandardCharsets.UTF_8)) {
        int first = reader.read();
        while (first == 0xFEFF || Character.isWhitespace(first)) {
          first = reader.read();
        }
        return first == '{' || first == '[' ? Format.JSONL : Format.CSV;
      } catch (IOException e) {
        throw Texts.unreadable("standard input", e);
      }
    }
  }

  private Rows rows(Terminal terminal) {
    boolean standard = Texts.isStandard(input);
    String label = standard ? "standard input" : String.valueOf(input.getFileName());
    return new Rows(Texts.toRead(input, terminal), label, standard);
  }

  private NewBatch batch(BatchId batchId, Rows rows, String content) {
    String label = name.isEmpty() ? rows.label() : name;
    if (label.length() > NewBatch.NAME_MAX) {
      throw CommandFailure.usage("--name has up to " + NewBatch.NAME_MAX + " characters");
    }
    return new NewBatch(
        Optional.of(batchId),
        label,
        "made of %s, %s".formatted(rows.label(), content),
        config.over(BatchConfig.DEFAULT),
        Optional.empty());
  }

  /** The batch made of the file, or the one that an earlier call made of it. */
  Created make(BatchClient server, Terminal terminal, Output talk) {
    Rows rows = rows(terminal);
    String content = rows.content();
    NewBatch asked = batch(id.orElseGet(() -> rows.id(content)), rows, content);
    for (int looks = 0; ; looks++) {
      Optional<Details> there = find(server, asked.id().orElseThrow());
      if (there.isPresent()) {
        return new Created(again(there.get(), content, talk), List.of());
      }
      try {
        Created made = server.create(asked, rows.file(), rows.format());
        sayUnknown(made.unknownColumns(), talk);
        return made;
      } catch (BatonException e) {
        // Somebody else makes it, or removes it; such as a server whose client was killed.
        if (e.code() != ErrorCode.BATCH_EXISTS || looks == LOOKS || rest(terminal)) {
          throw e;
        }
      }
    }
  }

  private static void sayUnknown(List<String> columns, Output talk) {
    if (!columns.isEmpty()) {
      talk.say(
          "unknown columns, which went into the metadata: "
              + columns.stream().map(Texts::harmless).collect(Collectors.joining(", ")));
    }
  }

  private static boolean rest(Terminal terminal) {
    try {
      return terminal.stop().await(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
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

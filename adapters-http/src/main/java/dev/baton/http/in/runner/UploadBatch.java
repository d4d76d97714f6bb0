package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.task.IdempotencyKey;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput;
import dev.baton.core.usecase.Batches;
import dev.baton.http.in.server.Json;
import dev.baton.http.in.server.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A batch whose rows come as an uploaded file: the form's parts {@code id}, {@code name}, {@code
 * description}, {@code config} (JSON) and {@code file}, of which the file comes last.
 */
final class UploadBatch {
  private static final Set<String> TEXTS = Set.of("id", "name", "description");

  private final Kit kit;
  private final BatchReader reader;

  UploadBatch(Kit kit, BatchReader reader) {
    this.kit = requireNonNull(kit, "kit");
    this.reader = requireNonNull(reader, "reader");
  }

  /** Reads the form on a thread that may block, and makes the batch. */
  CompletableFuture<Batches.Created> create(Request request, Path spooled) {
    Optional<String> key = Idempotency.header(request);
    return kit.baton().batches().create(request.tenant(), () -> read(request, spooled, key));
  }

  private Batches.Source read(Request request, Path spooled, Optional<String> key) {
    String type = request.header("Content-Type").orElse("");
    try (InputStream in = Files.newInputStream(spooled)) {
      Multipart form = new Multipart(in, type);
      Map<String, Object> members = new LinkedHashMap<>();
      for (Optional<Multipart.Part> part = form.next(); part.isPresent(); part = form.next()) {
        Multipart.Part given = part.get();
        if (given.name().equals("file")) {
          return upload(given, members, key);
        }
        if (TEXTS.contains(given.name())) {
          members.put(given.name(), given.text());
        } else if (given.name().equals("config")) {
          members.put("config", Json.mapper().readTree(given.text()));
        }
      }
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "the form has no part named file");
    } catch (IOException e) {
      if (e instanceof JsonProcessingException) {
        throw new BatonException(ErrorCode.VALIDATION_FAILED, "config is not JSON", e);
      }
      throw new UncheckedIOException(e);
    }
  }

  private Batches.Source upload(
      Multipart.Part file, Map<String, Object> members, Optional<String> named) throws IOException {
    byte[] body = Json.mapper().writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
    String fileName = file.fileName().orElse("").toLowerCase(Locale.ROOT);
    Format format =
        fileName.endsWith(".jsonl") || fileName.endsWith(".ndjson") ? Format.JSONL : Format.CSV;
    Path rows = kit.files().spool(file.content(), kit.settings().uploadMax());
    BatchInput input = kit.files().uploaded(rows, format);
    try {
      HashCode content =
          com.google.common.io.Files.asByteSource(rows.toFile()).hash(Hashing.sha256());
      String print = Hashing.sha256().hashBytes(body) + ":" + content;
      Optional<IdempotencyKey> key =
          named.map(name -> new IdempotencyKey("runner POST /batches", name, print));
      return new Batches.Source(reader.batch(Fields.of(BatchReader.SHAPE.read(body)), key), input);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }
}

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A batch whose rows come as an uploaded file: the form's parts {@code id}, {@code name}, {@code
 * description}, {@code config} (JSON) and {@code file}, in any order, each at most once.
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
    Form form = new Form();
    try (InputStream in = Files.newInputStream(spooled)) {
      Multipart parts = new Multipart(in, type);
      for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
        form.take(part.get());
      }
      return form.source(key);
    } catch (IOException e) {
      form.drop();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      form.drop();
      throw e;
    }
  }

  private static BatonException invalid(String message) {
    return new BatonException(ErrorCode.VALIDATION_FAILED, message);
  }

  /** What the parts have brought so far. */
  private final class Form {
    private final Map<String, Object> members = new TreeMap<>();
    private @Nullable Rows rows;

    /** The rows of the form, in a file that is removed when the input is closed. */
    private record Rows(Path file, BatchInput input) {}

    void take(Multipart.Part part) throws IOException {
      if (part.name().equals("file")) {
        checkFirst(rows == null, part);
        Path file = kit.files().spool(part.content(), kit.settings().uploadMax());
        rows = new Rows(file, kit.files().uploaded(file, format(part)));
      } else if (TEXTS.contains(part.name())) {
        checkFirst(members.put(part.name(), part.text()) == null, part);
      } else if (part.name().equals("config")) {
        checkFirst(members.put("config", config(part)) == null, part);
      }
    }

    private static void checkFirst(boolean first, Multipart.Part part) {
      if (!first) {
        throw invalid("the form has two parts named " + part.name());
      }
    }

    private static Object config(Multipart.Part part) throws IOException {
      try {
        return Json.mapper().readTree(part.text());
      } catch (JsonProcessingException e) {
        throw new BatonException(ErrorCode.VALIDATION_FAILED, "config is not JSON", e);
      }
    }

    private static Format format(Multipart.Part file) {
      String name = file.fileName().orElse("").toLowerCase(Locale.ROOT);
      return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Format.JSONL : Format.CSV;
    }

    /** The batch that the whole form asks for. */
    Batches.Source source(Optional<String> named) throws IOException {
      if (rows == null) {
        throw invalid("the form has no part named file");
      }
      byte[] body = Json.mapper().writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
      HashCode content =
          com.google.common.io.Files.asByteSource(rows.file().toFile()).hash(Hashing.sha256());
      String print = Hashing.sha256().hashBytes(body) + ":" + content;
      Optional<IdempotencyKey> key =
          named.map(name -> new IdempotencyKey("runner POST /batches", name, print));
      Fields fields = Fields.of(BatchReader.SHAPE.read(body));
      return new Batches.Source(reader.batch(fields, key), rows.input());
    }

    /** Removes what it kept; nothing will come of it. */
    void drop() {
      if (rows != null) {
        rows.input().close();
      }
    }
  }
}

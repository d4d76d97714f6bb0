package dev.baton.http.in.runner.batch;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.batch.CreatedBatch;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.json.Components;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonReader;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A batch whose rows come as an uploaded file: the form's parts {@code id}, {@code name}, {@code
 * description}, {@code config} (JSON) and {@code file}, in any order, each at most once. Other
 * parts are unknown members.
 */
final class UploadBatch {
  private static final Set<String> TEXTS = Set.of("id", "name", "description");
  private static final String CONFIG = "config";
  private static final String FILE = "file";
  private static final int IGNORED_MAX = 20;
  private static final int PIECE = 1 << 16;

  /** Any object of strict JSON. */
  private static final JsonShape OBJECT = JsonShape.builder().build();

  static final Map<String, Object> FORM =
      new Component("NewBatchUpload", UploadBatch.class, UploadBatch::form).ref();

  /** The schema of what may come in the place of a form. */
  static final Map<String, Object> JSON_BODY =
      new Component("NewBatch", NewBatchBody.class, UploadBatch::jsonOnly).ref();

  private final RunnerContext kit;
  private final ModelCheck models;

  UploadBatch(RunnerContext kit, ModelCheck models) {
    this.kit = requireNonNull(kit, "kit");
    this.models = requireNonNull(models, "models");
  }

  /** What a form holds: its texts as in the body of JSON, and the rows. */
  private static Map<String, Object> form() {
    Map<?, ?> known = (Map<?, ?>) requireNonNull(json().get("properties"));
    Map<String, Map<String, Object>> parts = new LinkedHashMap<>();
    parts.put(
        FILE,
        Schemas.with(
            Schemas.string("The rows: CSV, or JSON Lines when its name ends in .jsonl."),
            "format",
            "binary"));
    for (String name : List.of("id", "name", "description", CONFIG)) {
      Map<String, Object> part = new LinkedHashMap<>();
      ((Map<?, ?>) requireNonNull(known.get(name)))
          .forEach((key, value) -> part.put((String) key, value));
      parts.put(name, part);
    }
    return Schemas.object(parts, List.of(FILE));
  }

  /**
   * The body of JSON, which has no file. Saying so refers to the form's schema from outside of
   * forms: OpenAPI Generator makes no class of what only a form holds, and yet clients that import
   * one, which do not compile.
   */
  private static Map<String, Object> jsonOnly() {
    return Schemas.with(json(), "not", FORM);
  }

  private static Map<String, Object> json() {
    return Components.of(NewBatchBody.class).schema().get();
  }

  /** A batch that was made, and what was passed over. */
  record Made(CreatedBatch batch, List<String> ignored) {}

  /** Reads the form on a thread that may block, and makes the batch. */
  CompletableFuture<Made> create(Request request, Path spooled) {
    Optional<String> key = Idempotency.header(request);
    Form form = new Form(request, key);
    return kit.baton()
        .batches()
        .create(request.tenant(), () -> form.read(spooled))
        .thenApply(batch -> new Made(batch, form.ignored));
  }

  /** What has been read of one form. Used once, by one thread at a time. */
  private final class Form {
    private final Request request;
    private final Optional<String> key;

    /** Sorted, so that a form asks for the same whatever order its parts come in. */
    private final Map<String, Object> members = new TreeMap<>();

    private final List<String> ignored = new ArrayList<>();
    private @Nullable Format format;
    private @Nullable BatchInput rows;
    private long length;
    private String content = "";

    Form(Request request, Optional<String> key) {
      this.request = request;
      this.key = key;
    }

    Batches.Source read(Path spooled) {
      try (InputStream in = Files.newInputStream(spooled)) {
        Multipart form = new Multipart(in, request.header("Content-Type").orElse(""));
        for (Optional<Multipart.Part> part = form.next(); part.isPresent(); part = form.next()) {
          take(part.get(), spooled);
        }
        return source(spooled);
      } catch (IOException | RuntimeException e) {
        if (rows != null) {
          rows.close();
        }
        throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
      }
    }

    private void take(Multipart.Part part, Path spooled) throws IOException {
      String name = part.name();
      if (members.containsKey(name) || (name.equals(FILE) && format != null)) {
        throw FieldErrors.invalid("Part should be given once", "value_error", "body", name);
      }
      if (name.equals(FILE)) {
        keep(part, spooled);
      } else if (TEXTS.contains(name)) {
        members.put(name, part.text());
      } else if (name.equals(CONFIG)) {
        byte[] json = part.bytes();
        JsonReader.read(OBJECT, json);
        members.put(name, Json.mapper().readTree(json));
      } else if (ignored.size() < IGNORED_MAX) {
        ignored.add(new FieldError(List.of("body", name), "", "").pointer());
      }
    }

    /**
     * Moves the rows to the beginning of the form's own file, so that an upload takes its size on
     * the disk once: what is read is always ahead of what is written.
     */
    private void keep(Multipart.Part file, Path spooled) throws IOException {
      format = Format.of(file.fileName().orElse(""));
      try (RandomAccessFile to = new RandomAccessFile(spooled.toFile(), "rw");
          HashingInputStream from = new HashingInputStream(Hashing.sha256(), file.content())) {
        byte[] piece = new byte[PIECE];
        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
          to.write(piece, 0, n);
        }
        length = to.getFilePointer();
        content = from.hash().toString();
      }
    }

    /** Takes the file over from the request, whose end would remove it. */
    private BatchInput rows(Path spooled, Format known) throws IOException {
      try (FileChannel cut = FileChannel.open(spooled, StandardOpenOption.WRITE)) {
        cut.truncate(length);
      }
      Path own = spooled.resolveSibling(spooled.getFileName() + ".rows");
      return kit.files().uploaded(Files.move(spooled, own), known);
    }

    private Batches.Source source(Path spooled) throws IOException {
      Format known = format;
      if (known == null) {
        throw FieldErrors.invalid("Field required", "missing", "body", FILE);
      }
      BatchInput input = rows(spooled, known);
      rows = input;
      byte[] body = Json.mapper().writeValueAsBytes(members);
      JsonValues values = JsonReader.read(NewBatchBody.BODY.shape(), body);
      ignored.addAll(values.ignoredAnywhere());
      kit.bodies().strictness().check(request, ignored);
      String print = Hashing.sha256().hashBytes(body) + ":" + content;
      Optional<IdempotencyKey> named =
          key.map(name -> new IdempotencyKey("runner POST /batches", name, print));
      return new Batches.Source(NewBatchBody.BODY.bind(values).toCore(models, named), input);
    }
  }
}

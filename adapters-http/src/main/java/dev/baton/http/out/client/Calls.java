package dev.baton.http.out.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.base.Enums;
import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.out.client.Transport.Body;
import dev.baton.http.out.client.Transport.Incoming;
import dev.baton.http.out.client.Transport.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Requests, replies and refusals of one Baton. Thread-safe. */
final class Calls {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PIECE = 8 << 10;

  /** Of a million rows, on a slow line, with all of them stored at its end. */
  private static final Duration UPLOAD_PATIENCE = Duration.ofHours(1);

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String CODE_HEADER = "X-Baton-Code";
  private static final String BRIDGE_CODE_HEADER = "X-Error-Code";
  private static final String JSON = "application/json";

  private final Transport transport;

  Calls(Transport transport) {
    this.transport = transport;
  }

  /** A path with {@code parts} in the places of {@code %s}, each encoded. */
  static String path(String pattern, Object... parts) {
    return pattern.formatted(
        Arrays.stream(parts)
            .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8))
            .toArray());
  }

  /** The query for a page, counted from 0, of lists that count from 1. */
  static String page(int size, int page) {
    return "?limit=%d&page=%d".formatted(size, page + 1);
  }

  void close() {
    transport.close();
  }

  @CanIgnoreReturnValue
  <T> T post(String path, Map<String, ?> body, Reading<T> reading) {
    return answered(sent("POST", path, body), reading);
  }

  @CanIgnoreReturnValue
  <T> T patch(String path, Map<String, ?> body, Reading<T> reading) {
    return answered(sent("PATCH", path, body), reading);
  }

  void delete(String path) {
    boolean unused =
        answered(await(send("DELETE", path, Map.of(), Body.NONE, PATIENCE)), Reading.DONE);
  }

  /** Asks for what has no more to be said of. */
  void act(String path) {
    boolean unused = post(path, Map.of(), Reading.DONE);
  }

  /** Sends a form, which may be as long as a file is. */
  <T> T upload(String path, BatchForm form, Optional<String> key, Reading<T> reading) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", form.contentType()));
    key.ifPresent(value -> headers.put(KEY_HEADER, value));
    return answered(await(send("POST", path, headers, form.body(), UPLOAD_PATIENCE)), reading);
  }

  private Incoming sent(String method, String path, Map<String, ?> body) {
    Body json = Body.of(ClientJson.write(body));
    return await(send(method, path, Map.of("Content-Type", JSON), json, PATIENCE));
  }

  /** Hands on a text as it comes, however long it is. */
  void text(String path, Consumer<String> sink) {
    Incoming reply = await(send("GET", path, Map.of("Accept", "*/*"), Body.NONE, PATIENCE));
    try (InputStream body = reply.body()) {
      if (reply.status() != 200) {
        throw refusal(reply);
      }
      Reader reader = new InputStreamReader(body, StandardCharsets.UTF_8);
      char[] piece = new char[PIECE];
      for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
        sink.accept(new String(piece, 0, n));
      }
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** A reply that has content. */
  <T> T get(String path, Reading<T> reading) {
    return find(path, Duration.ZERO, reading)
        .orElseThrow(() -> new IllegalStateException("a reply without content to " + path));
  }

  /** Empty for 204, and for 404 about a task. */
  <T> Optional<T> find(String path, Duration wait, Reading<T> reading) {
    return found(await(send("GET", path, Map.of(), Body.NONE, PATIENCE.plus(wait))), reading);
  }

  /** As {@link #find}, of many paths at once, {@code atOnce} requests at a time. */
  <T> List<Optional<T>> findAll(List<String> paths, int atOnce, Reading<T> reading) {
    List<Optional<T>> found = new ArrayList<>(paths.size());
    for (List<String> page : Lists.partition(paths, atOnce)) {
      List<CompletableFuture<Incoming>> asked =
          page.stream().map(path -> send("GET", path, Map.of(), Body.NONE, PATIENCE)).toList();
      asked.forEach(reply -> found.add(found(await(reply), reading)));
    }
    return found;
  }

  private CompletableFuture<Incoming> send(
      String method, String path, Map<String, String> headers, Body body, Duration patience) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent("Accept", JSON);
    return transport.send(new Outgoing(method, path, all, body, patience));
  }

  private Incoming await(CompletableFuture<Incoming> reply) {
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (reply.cancel(true)) {
        throw new BatonException(ErrorCode.STORE_UNAVAILABLE, "the call was interrupted", e);
      }
      return reply.join();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof IOException broken) {
        throw unreachable(broken);
      }
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException("a request failed", e);
    }
  }

  private BatonException unreachable(IOException e) {
    String message =
        e instanceof ConnectException
            ? "no server answers at %s: start one with 'baton serve', or check the address"
                .formatted(transport.target())
            : "the connection to %s broke (%s): what became of the call is unknown"
                .formatted(transport.target(), e.getMessage());
    return new BatonException(ErrorCode.STORE_UNAVAILABLE, message, e);
  }

  private <T> Optional<T> found(Incoming reply, Reading<T> reading) {
    boolean unknownTask =
        reply.status() == 404 && code(reply).equals(Optional.of(ErrorCode.TASK_NOT_FOUND));
    if (reply.status() == 204 || unknownTask) {
      byte[] unused = bytes(reply);
      return Optional.empty();
    }
    return Optional.of(answered(reply, reading));
  }

  private <T> T answered(Incoming reply, Reading<T> reading) {
    if (reply.status() < 200 || reply.status() > 202) {
      throw refusal(reply);
    }
    byte[] body = bytes(reply);
    try {
      return reading.of(body);
    } catch (IOException
        | IllegalArgumentException
        | NoSuchElementException
        | NullPointerException e) {
      throw new BatonException(
          ErrorCode.STORE_UNAVAILABLE,
          "what answers at " + transport.target() + " is no Baton server",
          e);
    }
  }

  private byte[] bytes(Incoming reply) {
    try (InputStream body = reply.body()) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private BatonException refusal(Incoming reply) {
    ErrorCode code = code(reply).orElseGet(() -> codeOf(reply.status()));
    URI base = transport.target();
    String path = base.getPath();
    if (code == ErrorCode.NOT_FOUND && path != null && !path.replace("/", "").isEmpty()) {
      return new BatonException(
          ErrorCode.VALIDATION_FAILED,
          "nothing of Baton's is at %s: a server's address has no path, as %s://%s"
              .formatted(base, base.getScheme(), base.getAuthority()));
    }
    return new BatonException(code, detail(reply.status(), bytes(reply)));
  }

  private static Optional<ErrorCode> code(Incoming reply) {
    return reply
        .headers()
        .apply(CODE_HEADER)
        .or(() -> reply.headers().apply(BRIDGE_CODE_HEADER))
        // A newer server may know codes that this client does not.
        .flatMap(name -> Enums.getIfPresent(ErrorCode.class, name).toJavaUtil());
  }

  private static ErrorCode codeOf(int status) {
    return switch (status) {
      case 400, 411, 414, 417, 421, 422, 431 -> ErrorCode.VALIDATION_FAILED;
      case 404 -> ErrorCode.NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 408 -> ErrorCode.REQUEST_TIMEOUT;
      case 409 -> ErrorCode.INVALID_STATE;
      case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
      case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
      case 429 -> ErrorCode.OVERLOADED;
      case 507 -> ErrorCode.STORAGE_FULL;
      default -> ErrorCode.STORE_UNAVAILABLE;
    };
  }

  /** The server's own words, where it is one of ours. */
  private String detail(int status, byte[] bytes) {
    JsonNode body = MissingNode.getInstance();
    try {
      body = ClientJson.read(bytes, JsonNode.class, "");
    } catch (IOException e) {
      // Not one of ours.
    }
    JsonNode first = body.at("/detail/0");
    String where = first.path("loc").path(first.path("loc").size() - 1).asText("");
    return Stream.of(body.at("/error/message"), body.path("detail"), first.path("msg"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst()
        .map(words -> where.isEmpty() ? words : where + ": " + words)
        .orElse("%s answered with status %d".formatted(transport.target(), status));
  }
}

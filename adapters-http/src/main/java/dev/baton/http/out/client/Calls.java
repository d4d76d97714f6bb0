package dev.baton.http.out.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests, answers and refusals of one server. Thread-safe. */
final class Calls {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TEXT_MAX = 64 * 1024 * 1024;
  private static final int REFUSAL_MAX = 1 << 20;
  private static final int PIECE = 8 << 10;
  private static final String CODE_HEADER = "X-Baton-Code";
  private static final String BRIDGE_CODE_HEADER = "X-Error-Code";

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client;
  private final URI base;
  private final ObjectMapper mapper = mapper();

  Calls(HttpClient client, URI base) {
    this.client = client;
    this.base = base;
  }

  /** Calls of the server at {@code base}; nothing is sent before the first one. */
  static Calls of(URI base) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
    return new Calls(client, base);
  }

  /** As a part of a path or a query: names of Baton's have no spaces. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** How an answer becomes what the caller wants. */
  record Reading<W, T>(Class<W> type, Function<W, T> toCore) {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(TEXT_MAX).build());
    return mapper;
  }

  @CanIgnoreReturnValue
  <W, T> T post(String path, Map<String, ?> body, Reading<W, T> reading) {
    HttpRequest request =
        request(path, PATIENCE).header("Content-Type", "application/json").POST(json(body)).build();
    return answered(send(request), reading);
  }

  @CanIgnoreReturnValue
  <W, T> T delete(String path, Reading<W, T> reading) {
    return answered(send(request(path, PATIENCE).DELETE().build()), reading);
  }

  @CanIgnoreReturnValue
  <W, T> T patch(String path, Map<String, ?> body, Reading<W, T> reading) {
    HttpRequest request =
        request(path, PATIENCE)
            .header("Content-Type", "application/json")
            .method("PATCH", json(body))
            .build();
    return answered(send(request), reading);
  }

  /** Hands on a text as it comes, however long it is. */
  void text(String pathAndQuery, Consumer<String> sink) {
    HttpRequest request = request(pathAndQuery, PATIENCE).setHeader("Accept", "*/*").GET().build();
    HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw refusal(response.headers(), response.statusCode(), body.readNBytes(REFUSAL_MAX));
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

  /** Empty for 204, and for 404 about a task. */
  <W, T> Optional<T> get(String pathAndQuery, Duration wait, Reading<W, T> reading) {
    return found(send(request(pathAndQuery, PATIENCE.plus(wait)).GET().build()), reading);
  }

  <W, T> CompletableFuture<Optional<T>> getAsync(String pathAndQuery, Reading<W, T> reading) {
    HttpRequest request = request(pathAndQuery, PATIENCE).GET().build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .handle((response, error) -> found(received(response, error), reading));
  }

  private HttpResponse<byte[]> received(
      @Nullable HttpResponse<byte[]> response, @Nullable Throwable error) {
    if (response != null) {
      return response;
    }
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof IOException broken) {
      throw unreachable(broken);
    }
    throw new IllegalStateException("a request failed in the client", cause);
  }

  private HttpRequest.Builder request(String pathAndQuery, Duration timeout) {
    String root = base.toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(root + pathAndQuery))
        .timeout(timeout)
        .header("Accept", "application/json");
  }

  private HttpRequest.BodyPublisher json(Map<String, ?> body) {
    try {
      return HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own can't be written as JSON", e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private <B> HttpResponse<B> send(HttpRequest request, HttpResponse.BodyHandler<B> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatonException(ErrorCode.STORE_UNAVAILABLE, "the call was interrupted", e);
    }
  }

  private BatonException unreachable(IOException e) {
    String message =
        e instanceof ConnectException
            ? "no server answers at %s: start one with 'baton serve', or check the address"
                .formatted(base)
            : "the connection to %s broke (%s): what became of the call is unknown"
                .formatted(base, e.getMessage());
    return new BatonException(ErrorCode.STORE_UNAVAILABLE, message, e);
  }

  private <W, T> Optional<T> found(HttpResponse<byte[]> response, Reading<W, T> reading) {
    boolean unknownTask =
        response.statusCode() == 404
            && code(response.headers()).equals(Optional.of(ErrorCode.TASK_NOT_FOUND));
    if (response.statusCode() == 204 || unknownTask) {
      return Optional.empty();
    }
    return Optional.of(answered(response, reading));
  }

  private <W, T> T answered(HttpResponse<byte[]> response, Reading<W, T> reading) {
    if (response.statusCode() < 200 || response.statusCode() > 202) {
      throw refusal(response.headers(), response.statusCode(), response.body());
    }
    try {
      W wire =
          mapper
              .readerFor(reading.type())
              .withAttribute(RawJson.SOURCE, response.body())
              .readValue(response.body());
      return reading.toCore().apply(wire);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      // A member that is missing shows as a null, one that is wrong is refused by the core's types.
      throw new BatonException(
          ErrorCode.STORE_UNAVAILABLE, "what answers at " + base + " is no Baton server", e);
    }
  }

  private BatonException refusal(HttpHeaders headers, int status, byte[] body) {
    return new BatonException(code(headers).orElseGet(() -> codeOf(status)), detail(status, body));
  }

  private static Optional<ErrorCode> code(HttpHeaders headers) {
    return headers
        .firstValue(CODE_HEADER)
        .or(() -> headers.firstValue(BRIDGE_CODE_HEADER))
        .flatMap(Calls::known);
  }

  /** A newer server may know codes that this client does not. */
  private static Optional<ErrorCode> known(String name) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equals(name)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
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
    String plain = "%s answered with status %d".formatted(base, status);
    try {
      JsonNode body = mapper.readTree(bytes);
      JsonNode message = body.path("error").path("message");
      if (message.isTextual()) {
        return message.textValue();
      }
      JsonNode detail = body.path("detail");
      if (detail.isTextual()) {
        return detail.textValue();
      }
      JsonNode first = detail.path(0);
      if (first.path("msg").isTextual()) {
        String where = first.path("loc").path(first.path("loc").size() - 1).asText("");
        return (where.isEmpty() ? "" : where + ": ") + first.path("msg").textValue();
      }
      return plain;
    } catch (IOException e) {
      return plain;
    }
  }
}

package dev.baton.http.in.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a handler answers. Immutable, except for what a stream's source does later. */
public sealed interface Reply {
  String JSON_TYPE = "application/json";

  /**
   * A body that the server encodes as JSON: a wire record, a {@code Map}, a {@code List} or a
   * string.
   */
  record Json(int status, Object body, Map<String, String> headers) implements Reply {
    public Json {
      requireNonNull(body, "body");
    }

    @Override
    public Reply withHeaders(Map<String, String> more) {
      return new Json(status, body, merged(headers, more));
    }
  }

  /** No body and no content type. */
  record Empty(int status, Map<String, String> headers) implements Reply {
    @Override
    public Reply withHeaders(Map<String, String> more) {
      return new Empty(status, merged(headers, more));
    }
  }

  /** A body that is encoded already. The buffer is read-only; sending it does not move it. */
  record Bytes(int status, String contentType, ByteBuffer content, Map<String, String> headers)
      implements Reply {
    public Bytes {
      content = content.isReadOnly() ? content : content.asReadOnlyBuffer();
    }

    @Override
    public Reply withHeaders(Map<String, String> more) {
      return new Bytes(status, contentType, content, merged(headers, more));
    }
  }

  /**
   * A body of unknown length, always 200, written piece by piece. {@code source} is called once, on
   * the connection's I/O thread, after the headers are set; it must not block.
   */
  record Stream(String contentType, Consumer<StreamWriter> source, Map<String, String> headers)
      implements Reply {
    @Override
    public Reply withHeaders(Map<String, String> more) {
      return new Stream(contentType, source, merged(headers, more));
    }
  }

  /**
   * An answer that is not known yet. The stage may complete on any thread; what it completes with
   * is sent from the connection's own I/O thread. A stage that fails is handled as if the handler
   * had thrown. It must complete: the server sets it no deadline.
   */
  record Later(CompletionStage<? extends Reply> reply) implements Reply {
    @Override
    public Reply withHeaders(Map<String, String> more) {
      return new Later(reply.thenApply(given -> given.withHeaders(more)));
    }
  }

  /** The same reply with these headers too; a name that is there already is replaced. */
  Reply withHeaders(Map<String, String> more);

  default Reply withHeader(String name, String value) {
    return withHeaders(Map.of(name, value));
  }

  static Reply ok(Object body) {
    return new Json(200, body, Map.of());
  }

  static Reply json(int status, Object body) {
    return new Json(status, body, Map.of());
  }

  /** JSON that is encoded already; the array must not be changed afterwards. */
  static Reply encodedJson(int status, byte[] json) {
    return new Bytes(status, JSON_TYPE, ByteBuffer.wrap(json), Map.of());
  }

  static Reply noContent() {
    return new Empty(204, Map.of());
  }

  static Reply empty(int status) {
    return new Empty(status, Map.of());
  }

  static Reply text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  /** The array must not be changed afterwards. */
  static Reply bytes(int status, String contentType, byte[] content) {
    return new Bytes(status, contentType, ByteBuffer.wrap(content), Map.of());
  }

  static Reply stream(String contentType, Consumer<StreamWriter> source) {
    return new Stream(contentType, source, Map.of());
  }

  static Reply later(CompletionStage<? extends Reply> reply) {
    return new Later(reply);
  }

  private static Map<String, String> merged(Map<String, String> old, Map<String, String> more) {
    if (old.isEmpty()) {
      return more;
    }
    Map<String, String> both = new LinkedHashMap<>(old);
    both.putAll(more);
    return both;
  }
}

package dev.baton.http.out.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Carries requests to one Baton and brings its replies back: over HTTP, or to a router in this
 * process. Thread-safe.
 */
public interface Transport extends AutoCloseable {

  /**
   * Sends a request. The future fails with an {@link IOException} when no reply came: whether the
   * request was carried out is then unknown. Cancelling it tells the other side that nobody waits
   * for the reply any longer.
   */
  CompletableFuture<Incoming> send(Outgoing request);

  /** Where requests go, for messages. */
  URI target();

  /** Releases what this transport opened; a server behind HTTP goes on. */
  @Override
  void close();

  /**
   * A request.
   *
   * @param path encoded, with the query
   * @param patience how long to wait for the reply to begin
   */
  record Outgoing(
      String method, String path, Map<String, String> headers, Body body, Duration patience) {
    public Outgoing {
      headers = Map.copyOf(headers);
    }
  }

  /** A body: text, and a file in the middle of it if there is one, which is read while sent. */
  record Body(String head, Optional<Path> file, String tail) {
    static final Body NONE = of("");

    static Body of(String text) {
      return new Body(text, Optional.empty(), "");
    }

    /** The whole of it; to be closed. */
    public InputStream open() throws IOException {
      InputStream first = bytes(head);
      if (file.isEmpty()) {
        return first;
      }
      return new SequenceInputStream(
          Collections.enumeration(List.of(first, Files.newInputStream(file.get()), bytes(tail))));
    }

    private static InputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
  }

  /**
   * A reply.
   *
   * @param headers the first value of a header by its name, whatever its case
   * @param body to be read to its end or closed
   */
  record Incoming(int status, Function<String, Optional<String>> headers, InputStream body) {}
}

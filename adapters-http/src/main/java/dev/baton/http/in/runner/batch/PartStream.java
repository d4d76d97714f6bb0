package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.http.in.api.StreamWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Sends a body part by part: the next part is read when the last one is sent, so that a slow reader
 * costs no memory and a quick one no wait. A part that cannot be read cuts the body short, so that
 * nobody takes it for the whole. Each step is taken by one thread at a time, and starts the next.
 */
final class PartStream {
  private static final int PIECE_MAX = 256 << 10;

  private final Supplier<CompletableFuture<Optional<String>>> parts;
  private final Queue<byte[]> pieces = new ArrayDeque<>();

  /**
   * @param parts what follows, each time it is asked; empty when that was all
   */
  PartStream(String first, Supplier<CompletableFuture<Optional<String>>> parts) {
    this.parts = parts;
    add(first);
  }

  /** Begins to send; once only. */
  void sendTo(StreamWriter writer) {
    byte[] piece = pieces.poll();
    if (piece == null) {
      read(writer);
    } else if (writer.write(piece)) {
      writer.onDrained(() -> sendTo(writer));
    }
  }

  private void read(StreamWriter writer) {
    var unused =
        parts
            .get()
            .whenComplete(
                (part, error) -> {
                  if (error != null) {
                    writer.abort();
                  } else if (part.isEmpty()) {
                    writer.close();
                  } else {
                    add(part.get());
                    sendTo(writer);
                  }
                });
  }

  private void add(String part) {
    byte[] bytes = part.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += PIECE_MAX) {
      pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_MAX)));
    }
  }
}

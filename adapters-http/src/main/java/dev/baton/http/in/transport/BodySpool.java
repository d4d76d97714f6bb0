package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.TransportRefusal;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Receives a large body into a private temporary file, holding no thread and a small buffer. Writes
 * to the file on the I/O thread: they go to the system's cache, a buffer at a time. A client that
 * sends less than {@link #PROGRESS} within the time of a body is cut off. Confined to the
 * connection's I/O thread; the file is removed when the request is over.
 */
final class BodySpool {
  private static final int BUFFER = 64 * 1024;

  /** Bytes that have to come in the time that a small body may take. */
  private static final long PROGRESS = 1 << 20;

  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final BodyReader.Bounds bounds;
  private final Optional<Path> directory;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private @Nullable Path file;
  private @Nullable FileChannel out;
  private @Nullable StreamSourceChannel channel;
  private XnioExecutor.@Nullable Key deadline;
  private long received;
  private long due = PROGRESS;
  private boolean over;

  /**
   * @param directory where the file is made; the system's place when absent
   */
  BodySpool(
      HttpServerExchange exchange,
      WireConduit wire,
      BodyReader.Bounds bounds,
      Optional<Path> directory) {
    this.directory = directory;
    this.exchange = exchange;
    this.wire = wire;
    this.bounds = bounds;
  }

  /** Calls exactly one of the two, now or later, and neither when the client goes away. */
  void receive(Consumer<Path> whole, Consumer<RuntimeException> refused) {
    if (exchange.getRequestContentLength() > bounds.maxBytes()) {
      refused.accept(tooLarge());
      return;
    }
    if (exchange.getRequestHeaders().contains(Headers.EXPECT)
        && HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponse(
          exchange,
          new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange same, Sender sender) {
              begin(whole, refused);
            }

            @Override
            public void onException(HttpServerExchange same, Sender sender, IOException e) {
              exchange.endExchange();
            }
          });
    } else {
      begin(whole, refused);
    }
  }

  private void begin(Consumer<Path> whole, Consumer<RuntimeException> refused) {
    StreamSourceChannel source = exchange.getRequestChannel();
    channel = source;
    try {
      // Made for its owner alone, whatever the umask says.
      Path made =
          directory.isPresent()
              ? Files.createTempFile(directory.get(), "baton-body-", ".spool")
              : Files.createTempFile("baton-body-", ".spool");
      file = made;
      out = FileChannel.open(made, StandardOpenOption.WRITE);
    } catch (IOException e) {
      refused.accept(noRoom(e));
      return;
    }
    RuntimeException fault = read(source);
    if (over || fault != null) {
      finish(fault, whole, refused);
      return;
    }
    await(whole, refused);
    source.getReadSetter().set(readable -> onReadable(whole, refused));
    source.resumeReads();
  }

  private void await(Consumer<Path> whole, Consumer<RuntimeException> refused) {
    deadline =
        exchange
            .getIoThread()
            .executeAfter(
                () -> later(timedOut(), whole, refused),
                bounds.timeoutMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void onReadable(Consumer<Path> whole, Consumer<RuntimeException> refused) {
    StreamSourceChannel source = channel;
    XnioExecutor.Key running = deadline;
    if (source == null || running == null) {
      return;
    }
    RuntimeException fault = read(source);
    if (over || fault != null) {
      later(fault, whole, refused);
    } else if (received >= due) {
      due = received + PROGRESS;
      running.remove();
      await(whole, refused);
    }
  }

  private void later(
      @Nullable RuntimeException fault, Consumer<Path> whole, Consumer<RuntimeException> refused) {
    XnioExecutor.Key running = deadline;
    StreamSourceChannel source = channel;
    if (running == null || source == null) {
      return;
    }
    running.remove();
    deadline = null;
    source.suspendReads();
    source.getReadSetter().set(null);
    Connectors.executeRootHandler(same -> finish(fault, whole, refused), exchange);
  }

  private void finish(
      @Nullable RuntimeException fault, Consumer<Path> whole, Consumer<RuntimeException> refused) {
    RuntimeException closing = closeFile();
    Path spooled = file;
    if (fault != null) {
      refused.accept(fault);
    } else if (closing != null || spooled == null) {
      refused.accept(closing == null ? noRoom(null) : closing);
    } else {
      whole.accept(spooled);
    }
  }

  /** A bounded number of buffers at a time, so that other connections of the thread get on. */
  private @Nullable RuntimeException read(StreamSourceChannel source) {
    FileChannel to = out;
    if (to == null) {
      return noRoom(null);
    }
    try {
      while (true) {
        int count = source.read(buffer.clear());
        TransportRefusal fault = wire.scanner().faultOf(bounds.request());
        if (fault != null) {
          return fault;
        }
        if (count < 0) {
          over = true;
        }
        if (count <= 0) {
          return null;
        }
        received += count;
        if (received > bounds.maxBytes()) {
          return tooLarge();
        }
        RuntimeException full = write(to);
        if (full != null) {
          return full;
        }
      }
    } catch (IOException e) {
      TransportRefusal fault = wire.scanner().faultOf(bounds.request());
      return fault != null
          ? fault
          : new TransportRefusal(400, "MALFORMED_REQUEST", "the body ends before it is complete");
    }
  }

  private @Nullable RuntimeException write(FileChannel to) {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      return null;
    } catch (IOException e) {
      return noRoom(e);
    }
  }

  private @Nullable RuntimeException closeFile() {
    FileChannel closing = out;
    out = null;
    try {
      if (closing != null) {
        closing.close();
      }
      return null;
    } catch (IOException e) {
      return noRoom(e);
    }
  }

  /** Removes the file; when its request is over, however it ended. */
  void release() {
    var unused = closeFile();
    Path spooled = file;
    file = null;
    if (spooled != null) {
      try {
        Files.deleteIfExists(spooled);
      } catch (IOException e) {
        System.getLogger(BodySpool.class.getName())
            .log(System.Logger.Level.WARNING, "a temporary file could not be removed", e);
      }
    }
  }

  private BatonException tooLarge() {
    return new BatonException(
        ErrorCode.PAYLOAD_TOO_LARGE, "the body is larger than " + bounds.maxBytes() + " bytes");
  }

  private static BatonException noRoom(@Nullable IOException e) {
    String message = "there is no room to keep the body while it comes";
    return e == null
        ? new BatonException(ErrorCode.STORAGE_FULL, message)
        : new BatonException(ErrorCode.STORAGE_FULL, message, e);
  }

  private BatonException timedOut() {
    return new BatonException(
        ErrorCode.REQUEST_TIMEOUT,
        "less than a MiB of the body came within " + bounds.timeoutMillis() + " ms");
  }
}

package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.TransportRefusal;
import io.undertow.io.IoCallback;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Receives one whole body without holding a thread. Most bodies arrive with their header and are
 * read at once; only for the others there is a deadline, over the whole body, so that a client
 * gains nothing by sending now and then a byte. Confined to the connection's I/O thread.
 */
final class BodyReader {
  static final byte[] NO_BODY = {};

  // What a client merely announces is not allocated: a larger body makes room as it comes.
  private static final int FIRST_SIZE = 16 * 1024;

  /** The number of the request on its connection, and what its body may cost. */
  record Bounds(int request, long maxBytes, long timeoutMillis, BodyBudget budget) {}

  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final Bounds bounds;
  private ByteBuffer received = ByteBuffer.wrap(NO_BODY);
  private @Nullable StreamSourceChannel channel;
  private XnioExecutor.@Nullable Key deadline;
  private long reserved;
  private boolean over;

  BodyReader(HttpServerExchange exchange, WireConduit wire, Bounds bounds) {
    this.exchange = exchange;
    this.wire = wire;
    this.bounds = bounds;
  }

  /** Calls exactly one of the two, now or later, and neither when the client goes away. */
  void receive(Consumer<byte[]> whole, Consumer<RuntimeException> refused) {
    long announced = exchange.getRequestContentLength();
    if (announced > bounds.maxBytes()) {
      refused.accept(tooLarge());
      return;
    }
    int size = announced < 0 ? FIRST_SIZE : (int) Math.min(announced, FIRST_SIZE);
    received = ByteBuffer.allocate(size);
    if (exchange.getRequestHeaders().contains(Headers.EXPECT)
        && HttpContinue.requiresContinueResponse(exchange)) {
      sendContinue(whole, refused);
    } else {
      begin(whole, refused);
    }
  }

  private void sendContinue(Consumer<byte[]> whole, Consumer<RuntimeException> refused) {
    HttpContinue.sendContinueResponse(
        exchange,
        new IoCallback() {
          @Override
          public void onComplete(HttpServerExchange same, io.undertow.io.Sender sender) {
            begin(whole, refused);
          }

          @Override
          public void onException(
              HttpServerExchange same, io.undertow.io.Sender sender, IOException e) {
            exchange.endExchange();
          }
        });
  }

  private void begin(Consumer<byte[]> whole, Consumer<RuntimeException> refused) {
    StreamSourceChannel source = exchange.getRequestChannel();
    channel = source;
    RuntimeException fault = read(source);
    if (over || fault != null) {
      finish(fault, whole, refused);
      return;
    }
    deadline =
        exchange
            .getIoThread()
            .executeAfter(
                () -> later(timedOut(), whole, refused),
                bounds.timeoutMillis(),
                TimeUnit.MILLISECONDS);
    source.getReadSetter().set(readable -> onReadable(whole, refused));
    source.resumeReads();
  }

  private void onReadable(Consumer<byte[]> whole, Consumer<RuntimeException> refused) {
    StreamSourceChannel source = channel;
    if (source == null || deadline == null) {
      return;
    }
    RuntimeException fault = read(source);
    if (over || fault != null) {
      later(fault, whole, refused);
    }
  }

  private void later(
      @Nullable RuntimeException fault,
      Consumer<byte[]> whole,
      Consumer<RuntimeException> refused) {
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
      @Nullable RuntimeException fault,
      Consumer<byte[]> whole,
      Consumer<RuntimeException> refused) {
    if (fault != null) {
      refused.accept(fault);
      return;
    }
    byte[] array = received.array();
    whole.accept(
        received.position() == array.length ? array : Arrays.copyOf(array, received.position()));
  }

  /** Takes what is there; sets {@link #over} at the end of the body. Returns what is wrong. */
  private @Nullable RuntimeException read(StreamSourceChannel source) {
    while (true) {
      int count;
      try {
        count = received.hasRemaining() ? source.read(received) : readMore(source);
      } catch (BatonException overloaded) {
        return overloaded;
      } catch (IOException e) {
        TransportRefusal fault = wire.scanner().faultOf(bounds.request());
        return fault != null ? fault : broken();
      }
      TransportRefusal fault = wire.scanner().faultOf(bounds.request());
      if (fault != null) {
        return fault;
      }
      if (received.position() > bounds.maxBytes()) {
        return tooLarge();
      }
      if (count < 0) {
        over = true;
      }
      if (count <= 0) {
        return null;
      }
    }
  }

  /** The buffer is full: either the body is over, or there is more of it than was announced. */
  private int readMore(StreamSourceChannel source) throws IOException {
    ByteBuffer probe = ByteBuffer.allocate(1);
    int count = source.read(probe);
    if (count > 0) {
      int size = nextSize();
      int more = size - received.capacity();
      if (!bounds.budget().reserve(more)) {
        throw new BatonException(
            ErrorCode.OVERLOADED, "too many large bodies are being received; try again later");
      }
      reserved += more;
      received = ByteBuffer.wrap(Arrays.copyOf(received.array(), size)).position(received.limit());
      received.put(probe.get(0));
    }
    return count;
  }

  private int nextSize() {
    long announced = exchange.getRequestContentLength();
    long most = announced < 0 ? bounds.maxBytes() + 1 : announced;
    return (int) Math.min(received.capacity() * 2L, most);
  }

  /** Gives back what the body has taken from the budget; when its request is over. */
  void release() {
    bounds.budget().release(reserved);
    reserved = 0;
  }

  private BatonException tooLarge() {
    return new BatonException(
        ErrorCode.PAYLOAD_TOO_LARGE, "the body is larger than " + bounds.maxBytes() + " bytes");
  }

  private BatonException timedOut() {
    return new BatonException(
        ErrorCode.REQUEST_TIMEOUT,
        "the body did not arrive within " + bounds.timeoutMillis() + " ms");
  }

  private static TransportRefusal broken() {
    return new TransportRefusal(400, "MALFORMED_REQUEST", "the body ends before it is complete");
  }
}

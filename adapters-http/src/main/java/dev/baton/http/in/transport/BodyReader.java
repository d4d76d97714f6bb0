package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.TransportRefusal;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Receives one whole body without holding a thread. Most bodies arrive with their header and are
 * read at once; only for the others there is a deadline, over the body or over each MiB of it, so
 * that a client gains nothing by sending now and then a byte. Confined to the connection's I/O
 * thread.
 *
 * @param <T> the whole body
 */
final class BodyReader<T> {
  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final Bounds bounds;
  private final BodySink<T> sink;
  private @Nullable Receiver<T> receiver;
  private @Nullable StreamSourceChannel channel;
  private XnioExecutor.@Nullable Key deadline;
  private long received;
  private long due;
  private boolean over;

  /**
   * What a body may cost.
   *
   * @param request the number of its request on the connection
   * @param pace the time is for the whole body or for a part
   */
  record Bounds(int request, long maxBytes, long timeoutMillis, Pace pace) {}

  /** What has to arrive within the time. */
  enum Pace {
    WHOLE(Long.MAX_VALUE, "the body did not arrive within %s"),
    EACH_MIB(1 << 20, "less than a MiB of the body came within %s");

    private final long bytes;
    private final String missed;

    Pace(long bytes, String missed) {
      this.bytes = bytes;
      this.missed = missed;
    }
  }

  /** Whom to tell of the end. */
  private record Receiver<T>(Consumer<T> whole, Consumer<RuntimeException> refused) {}

  BodyReader(HttpServerExchange exchange, WireConduit wire, Bounds bounds, BodySink<T> sink) {
    this.exchange = exchange;
    this.wire = wire;
    this.bounds = bounds;
    this.sink = sink;
    this.due = bounds.pace().bytes;
  }

  /** Calls exactly one of the two, now or later, and neither when the client goes away. */
  void receive(Consumer<T> whole, Consumer<RuntimeException> refused) {
    Receiver<T> told = new Receiver<>(whole, refused);
    receiver = told;
    if (exchange.getRequestContentLength() > bounds.maxBytes()) {
      refused.accept(tooLarge());
    } else if (exchange.getRequestHeaders().contains(Headers.EXPECT)
        && HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponse(exchange, new Continued(told));
    } else {
      begin(told);
    }
  }

  /** Gives back what the body takes; when its request is over, however it ended. */
  void release() {
    sink.release();
  }

  private void begin(Receiver<T> told) {
    StreamSourceChannel source = exchange.getRequestChannel();
    channel = source;
    RuntimeException fault = opened();
    if (fault == null) {
      fault = read(source);
    }
    if (over || fault != null) {
      finish(told, fault);
      return;
    }
    startDeadline();
    source.getReadSetter().set(readable -> onReadable());
    source.resumeReads();
  }

  private @Nullable RuntimeException opened() {
    try {
      sink.open(exchange.getRequestContentLength());
      return null;
    } catch (BatonException noRoom) {
      return noRoom;
    }
  }

  private void startDeadline() {
    deadline =
        exchange
            .getIoThread()
            .executeAfter(() -> later(timedOut()), bounds.timeoutMillis(), TimeUnit.MILLISECONDS);
  }

  private void onReadable() {
    StreamSourceChannel source = channel;
    XnioExecutor.Key running = deadline;
    if (source == null || running == null) {
      return;
    }
    RuntimeException fault = read(source);
    if (over || fault != null) {
      later(fault);
    } else if (received >= due) {
      due = received + bounds.pace().bytes;
      running.remove();
      startDeadline();
    }
  }

  private void later(@Nullable RuntimeException fault) {
    XnioExecutor.Key running = deadline;
    StreamSourceChannel source = channel;
    Receiver<T> told = receiver;
    if (running == null || source == null || told == null) {
      return;
    }
    running.remove();
    deadline = null;
    source.suspendReads();
    source.getReadSetter().set(null);
    Connectors.executeRootHandler(same -> finish(told, fault), exchange);
  }

  private void finish(Receiver<T> told, @Nullable RuntimeException fault) {
    if (fault != null) {
      told.refused().accept(fault);
      return;
    }
    T whole;
    try {
      whole = sink.whole();
    } catch (BatonException lost) {
      told.refused().accept(lost);
      return;
    }
    told.whole().accept(whole);
  }

  /** Takes what is there; sets {@link #over} at the end of the body. Returns what is wrong. */
  private @Nullable RuntimeException read(StreamSourceChannel source) {
    try {
      int count;
      do {
        count = sink.take(source);
        TransportRefusal fault = wire.scanner().faultOf(bounds.request());
        if (fault != null) {
          return fault;
        }
        received += Math.max(0, count);
        if (received > bounds.maxBytes()) {
          return tooLarge();
        }
      } while (count > 0);
      over = count < 0;
      return null;
    } catch (BatonException noRoom) {
      return noRoom;
    } catch (IOException e) {
      TransportRefusal fault = wire.scanner().faultOf(bounds.request());
      return fault != null
          ? fault
          : new TransportRefusal(400, "MALFORMED_REQUEST", "the body ends before it is complete");
    }
  }

  private BatonException tooLarge() {
    return new BatonException(
        ErrorCode.PAYLOAD_TOO_LARGE, "the body is larger than " + bounds.maxBytes() + " bytes");
  }

  private BatonException timedOut() {
    return new BatonException(
        ErrorCode.REQUEST_TIMEOUT,
        bounds.pace().missed.formatted(DurationText.of(Duration.ofMillis(bounds.timeoutMillis()))));
  }

  /** The client was asked for its body. */
  private final class Continued implements IoCallback {
    private final Receiver<T> told;

    Continued(Receiver<T> told) {
      this.told = told;
    }

    @Override
    public void onComplete(HttpServerExchange same, Sender sender) {
      begin(told);
    }

    @Override
    public void onException(HttpServerExchange same, Sender sender, IOException e) {
      exchange.endExchange();
    }
  }
}

package dev.baton.http.in.transport;

import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.ReplyHold;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Writes one reply. Confined to the connection's I/O thread. */
final class ReplySender {
  // Names come from our own code, so there are few.
  private static final Map<String, HttpString> NAMES = new ConcurrentHashMap<>();
  private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final Duration timeout;
  private final boolean linger;
  private final ReplyHold hold;

  /** {@code linger}: the client may still be sending, and is to hear the reply all the same. */
  ReplySender(
      HttpServerExchange exchange,
      WireConduit wire,
      Duration timeout,
      boolean linger,
      ReplyHold hold) {
    this.hold = hold;
    this.exchange = exchange;
    this.wire = wire;
    this.timeout = timeout;
    this.linger = linger;
  }

  void send(Reply reply) {
    if (reply instanceof Reply.Bytes bytes) {
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, bytes.contentType());
      body(bytes.status(), bytes.headers(), bytes.content().duplicate());
    } else if (reply instanceof Reply.Empty empty) {
      body(empty.status(), empty.headers(), NO_BODY.duplicate());
    } else if (reply instanceof Reply.Stream stream) {
      stream(stream);
    } else {
      throw new IllegalStateException("not to be sent as it is: " + reply.getClass());
    }
  }

  private void body(int status, Map<String, String> headers, ByteBuffer content) {
    exchange.setStatusCode(status);
    if (!headers.isEmpty()) {
      put(headers);
    }
    if (status != 204 && status != 304) {
      exchange.setResponseContentLength(content.remaining());
    }
    if (linger) {
      // Dispatched, so that Undertow does not end the exchange by waiting for the rest of the body.
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> write(content, new Lingering()));
    } else if (content.hasRemaining()) {
      write(content, new Ending());
    } else {
      exchange.endExchange();
    }
  }

  private void write(ByteBuffer content, IoCallback then) {
    if (content.hasRemaining()) {
      exchange.getResponseSender().send(content, then);
    } else {
      // Otherwise nothing would be sent, not even the header.
      exchange.getResponseSender().close(then);
    }
    if (!exchange.isResponseComplete()) {
      closeWhenOverdue();
    }
  }

  private void put(Map<String, String> headers) {
    HeaderMap target = exchange.getResponseHeaders();
    headers.forEach(
        (name, value) ->
            target.put(NAMES.computeIfAbsent(name, HttpString::new), HeaderValues.clean(value)));
  }

  /** A client that does not read must not keep what it does not read in memory for ever. */
  private void closeWhenOverdue() {
    XnioExecutor.Key key =
        exchange
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(exchange.getConnection()),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    exchange.addExchangeCompleteListener(
        (same, next) -> {
          key.remove();
          next.proceed();
        });
  }

  private void stream(Reply.Stream stream) {
    exchange.setStatusCode(200);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, stream.contentType());
    put(stream.headers());
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () -> new StreamSender(exchange, wire, timeout).start(stream.source()));
  }

  /** Ends the exchange; that all was sent is known here alone. */
  private final class Ending implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange same, Sender sender) {
      hold.end(true);
      IoCallback.END_EXCHANGE.onComplete(same, sender);
    }

    @Override
    public void onException(HttpServerExchange same, Sender sender, IOException e) {
      IoCallback.END_EXCHANGE.onException(same, sender, e);
    }
  }

  /** Sends, then listens until the client has stopped talking. */
  private final class Lingering implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange same, Sender sender) {
      new LingeringClose(exchange, wire).start();
    }

    @Override
    public void onException(HttpServerExchange same, Sender sender, IOException e) {
      IoUtils.safeClose(exchange.getConnection());
    }
  }
}

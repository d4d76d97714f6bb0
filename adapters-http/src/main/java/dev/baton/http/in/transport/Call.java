package dev.baton.http.in.transport;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.ReplyHold;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.json.Json;
import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request on its way through the chain: gate, request id, route, body, handler, reply.
 * Credential, permission and rate limit will stand between route and body. Confined to its
 * connection's I/O thread; only what completes a {@link Reply.Later} may come from another, and is
 * sent over.
 */
final class Call implements ExchangeCompletionListener, WireConduit.User {
  private static final System.Logger LOG = System.getLogger(Call.class.getName());
  private static final HttpString REQUEST_ID = new HttpString("X-Request-ID");

  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final Chain chain;
  private final String id;
  private final ErrorReplies errors;
  private final ReplyHold hold;
  private @Nullable ClientWatch watch;
  private @Nullable BodyReader<?> body;
  // The server being closed ends it from another thread.
  private final AtomicBoolean ended = new AtomicBoolean();

  Call(HttpServerExchange exchange, WireConduit wire, Chain chain) {
    this.exchange = exchange;
    this.wire = wire;
    this.chain = chain;
    this.hold = new ReplyHold(chain.bounds().replies());
    this.id = RequestId.of(exchange.getRequestHeaders().getFirst(REQUEST_ID));
    this.errors = new ErrorReplies(exchange, chain.router(), chain.stats(), id);
  }

  void start() {
    int number = wire.begin(this);
    chain.stats().requestBegun();
    exchange.addExchangeCompleteListener(this);
    exchange.getResponseHeaders().put(REQUEST_ID, id);
    guarded(() -> pass(number));
  }

  private void pass(int number) {
    TransportRefusal refused = chain.gate().check(exchange, wire, number);
    if (refused == null) {
      route(number);
    } else {
      chain.stats().refused();
      refuse(refused, wire.scanner().faultOf(number) != null);
    }
  }

  private void route(int number) {
    String path = exchange.getRequestPath();
    Router.Outcome outcome = chain.router().find(exchange.getRequestMethod().toString(), path);
    if (outcome instanceof Router.Answered answered) {
      send(answered.reply(), false);
      return;
    }
    Router.Found found = (Router.Found) outcome;
    errors.speak(found.dialect());
    refuseWhileFull(found);
    boolean upload = found.route().options().uploadMax() > 0;
    if (exchange.isRequestComplete()) {
      handle(found, MemoryBody.NONE);
    } else if (upload && isForm()) {
      spool(found, number);
    } else if (upload && !Json.isJson(contentType())) {
      // Before a client that waits to be asked for its large body has sent it.
      bodyRefused(
          new BatonException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "the body must be multipart/form-data, or application/json in UTF-8"));
    } else {
      read(found, number);
    }
  }

  /** Reading makes the large replies; what changes something has a small one, and makes room. */
  private void refuseWhileFull(Router.Found found) {
    if (chain.bounds().replies().isUsedUp()
        && found.route().method().equals("GET")
        && !found.route().options().takesRoom()
        && !found.dialect().isAlwaysAnswered()) {
      throw new BatonException(
          ErrorCode.OVERLOADED, "too many large replies are being sent; try again later");
    }
  }

  private void read(Router.Found found, int number) {
    long own = found.route().options().maxBody();
    long max = own == Route.SERVER_LIMIT ? chain.bounds().bodyMax() : own;
    receive(
        number,
        max,
        BodyReader.Pace.WHOLE,
        new MemoryBody(max, chain.bounds().bodies()),
        body -> handle(found, body));
  }

  private boolean isForm() {
    return contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  private String contentType() {
    return Objects.requireNonNullElse(
        exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE), "");
  }

  private void spool(Router.Found found, int number) {
    receive(
        number,
        found.route().options().uploadMax(),
        BodyReader.Pace.EACH_MIB,
        new FileBody(chain.bounds().spool()),
        file -> handle(found, request(found).upload(file).build()));
  }

  private <T> void receive(
      int number, long max, BodyReader.Pace pace, BodySink<T> sink, Consumer<T> then) {
    long timeout = chain.bounds().timeouts().body().toMillis();
    BodyReader.Bounds bounds = new BodyReader.Bounds(number, max, timeout, pace);
    BodyReader<T> reader = new BodyReader<>(exchange, wire, bounds, sink);
    body = reader;
    reader.receive(
        whole -> guarded(() -> then.accept(whole)), refused -> guarded(() -> bodyRefused(refused)));
  }

  /** A body's refusal belongs to the dialect, unless it broke HTTP itself. */
  private void bodyRefused(RuntimeException refused) {
    if (refused instanceof TransportRefusal transport) {
      chain.stats().refused();
      refuse(transport, true);
    } else {
      send(errors.of(refused), true);
    }
  }

  private Request.Builder request(Router.Found found) {
    HeaderMap headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod().toString();
    return Request.builder(method, exchange.getRequestPath(), tenant())
        .pathParameters(found.pathParameters())
        .query(exchange.getQueryString())
        .headers(headers::getFirst)
        .otherSite(() -> chain.gate().isFromOtherSite(headers))
        .hold(hold)
        .id(id)
        .clientGone(this::onClientGone);
  }

  /** The one place that decides whose work is asked for; requests carry no credential yet. */
  private static TenantId tenant() {
    return TenantId.DEFAULT;
  }

  private void handle(Router.Found found, byte[] body) {
    handle(found, request(found).body(body).build());
  }

  private void handle(Router.Found found, Request request) {
    Reply reply;
    try {
      reply = found.route().handler().handle(request);
    } catch (BatonException refused) {
      reply = found.dialect().refusal(refused);
    }
    answer(reply);
  }

  private void answer(Reply reply) {
    if (reply instanceof Reply.Later later) {
      await(later.reply());
    } else {
      send(reply, false);
    }
  }

  private void await(CompletionStage<? extends Reply> stage) {
    CompletableFuture<? extends Reply> future = stage.toCompletableFuture();
    boolean now = future.isDone();
    if (!now) {
      exchange.dispatch(SameThreadExecutor.INSTANCE, Call::nothing);
    }
    stage.whenComplete(
        (reply, thrown) -> {
          if (now) {
            guarded(() -> resolved(reply, thrown));
          } else {
            handOver(reply, thrown);
          }
        });
  }

  /** From whichever thread completed the stage to the one that may write. */
  private void handOver(@Nullable Reply reply, @Nullable Throwable thrown) {
    HttpHandler resume = same -> guarded(() -> resolved(reply, thrown));
    try {
      exchange.getIoThread().execute(() -> Connectors.executeRootHandler(resume, exchange));
    } catch (RejectedExecutionException e) {
      // The server is closed, and the connection with it: nobody is left to answer.
      LOG.log(System.Logger.Level.DEBUG, "a reply came after the server was closed", e);
    }
  }

  private void resolved(@Nullable Reply reply, @Nullable Throwable thrown) {
    if (thrown != null) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
      hold.end(false);
      send(errors.of(cause == null ? thrown : cause), false);
    } else if (reply == null) {
      hold.end(false);
      send(errors.of(new IllegalStateException("a later reply is null")), false);
    } else {
      answer(reply);
    }
  }

  /** The boundary: no error gets past it unanswered, uncounted or unlogged. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (TransportRefusal refused) {
      refuse(refused, false);
    } catch (RuntimeException | Error thrown) {
      hold.end(false);
      Reply reply = errors.of(thrown);
      if (exchange.isResponseStarted()) {
        IoUtils.safeClose(exchange.getConnection());
      } else {
        send(reply, false);
      }
    }
  }

  /** What Undertow runs in place of ending the exchange, which is done when the reply is there. */
  private static void nothing() {}

  private void onClientGone(Runnable action) {
    ClientWatch watching = watch;
    if (watching == null) {
      watching = new ClientWatch(exchange, wire);
      watch = watching;
    }
    watching.add(action);
  }

  private void refuse(TransportRefusal refused, boolean close) {
    send(errors.of(refused), close);
  }

  /** After a body that was not read to its end the connection is of no further use. */
  private void send(Reply reply, boolean close) {
    if (watch != null) {
      watch.stop();
    }
    if (exchange.isResponseStarted() || !exchange.getConnection().isOpen()) {
      exchange.endExchange();
      return;
    }
    boolean unread = !exchange.isRequestComplete();
    if (close || unread || chain.bounds().drain().isDraining()) {
      exchange.setPersistent(false);
    }
    new ReplySender(exchange, wire, chain.bounds().timeouts().write(), close || unread, hold)
        .send(withCors(counted(encodable(reply))));
  }

  private Reply counted(Reply reply) {
    if (reply instanceof Reply.Bytes bytes) {
      hold.made(bytes.content().remaining());
    }
    return reply;
  }

  /** Encodes here, where a body that cannot be encoded can still become a 500. */
  private Reply encodable(Reply reply) {
    if (reply instanceof Reply.Json json) {
      try {
        return new Reply.Bytes(
            json.status(),
            Reply.JSON_TYPE,
            ByteBuffer.wrap(Json.encode(json.body())),
            json.headers());
      } catch (IllegalStateException e) {
        return encodable(errors.of(e));
      }
    }
    return reply;
  }

  private Reply withCors(Reply reply) {
    if (chain.cors().isOff()) {
      return reply;
    }
    String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    boolean preflight = exchange.getRequestMethod().equalToString("OPTIONS");
    return origin == null ? reply : chain.cors().applied(reply, origin, preflight);
  }

  /** As it was asked for, which has no line ends; a query may hold what is nobody's business. */
  private String answered() {
    return "request "
        + id
        + ": "
        + exchange.getRequestMethod()
        + " "
        + exchange.getRequestURI()
        + " "
        + exchange.getStatusCode();
  }

  @Override
  public void exchangeEvent(HttpServerExchange completed, NextListener next) {
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      LOG.log(System.Logger.Level.DEBUG, answered());
    }
    end();
    next.proceed();
  }

  /** Also when the connection breaks; whatever comes first. */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    hold.end(false);
    wire.end(this);
    BodyReader<?> held = body;
    if (held != null) {
      held.release();
    }
    chain.stats().requestEnded();
    if (chain.bounds().drain().isDraining()) {
      chain.bounds().drain().requestEnded();
    }
  }

  /** Whoever waits for this client need not. */
  @Override
  public void connectionClosed() {
    if (watch != null) {
      watch.gone();
    }
    end();
  }
}

package dev.baton.http.in.transport;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.api.TransportRefusals;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * One request on its way through the chain: gate, request id, route, body, handler, reply.
 * Credential, permission and rate limit will stand between route and body. Confined to its
 * connection's I/O thread; only what completes a {@link Reply.Later} may come from another, and is
 * sent over.
 */
final class Call implements ExchangeCompletionListener {
  private static final System.Logger LOG = System.getLogger(Call.class.getName());
  private static final HttpString REQUEST_ID = new HttpString("X-Request-ID");

  private final HttpServerExchange exchange;
  private final WireConduit wire;
  private final Chain chain;
  private String id = "";
  private @Nullable Dialect dialect;
  private @Nullable ClientWatch watch;
  private @Nullable BodyReader body;
  private @Nullable BodySpool spool;
  // The server being closed ends it from another thread.
  private final AtomicBoolean ended = new AtomicBoolean();

  Call(HttpServerExchange exchange, WireConduit wire, Chain chain) {
    this.exchange = exchange;
    this.wire = wire;
    this.chain = chain;
  }

  void start() {
    int number = wire.begin(this);
    chain.stats().requestBegun();
    exchange.addExchangeCompleteListener(this);
    HeaderMap headers = exchange.getRequestHeaders();
    id = RequestId.of(headers.getFirst(REQUEST_ID));
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
    dialect = found.dialect();
    if (exchange.isRequestComplete()) {
      handle(found, BodyReader.NO_BODY);
      return;
    }
    if (found.route().options().uploadMax() > 0 && isForm()) {
      spool(found, number);
    } else if (found.route().options().uploadMax() > 0 && !Json.isJson(contentType())) {
      // Before a client that waits to be asked for its large body has sent it.
      bodyRefused(
          new BatonException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "the body must be multipart/form-data, or application/json in UTF-8"));
    } else {
      read(found, number);
    }
  }

  private void read(Router.Found found, int number) {
    long own = found.route().options().maxBody();
    long max = own == Route.SERVER_LIMIT ? chain.bounds().bodyMax() : own;
    BodyReader.Bounds bounds =
        new BodyReader.Bounds(number, max, bodyTimeoutMillis(), chain.bounds().bodies());
    BodyReader reader = new BodyReader(exchange, wire, bounds);
    body = reader;
    reader.receive(
        body -> guarded(() -> handle(found, body)), refused -> guarded(() -> bodyRefused(refused)));
  }

  private boolean isForm() {
    return contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  private String contentType() {
    return Objects.requireNonNullElse(
        exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE), "");
  }

  private void spool(Router.Found found, int number) {
    BodyReader.Bounds bounds =
        new BodyReader.Bounds(
            number,
            found.route().options().uploadMax(),
            bodyTimeoutMillis(),
            chain.bounds().bodies());
    BodySpool large = new BodySpool(exchange, wire, bounds, chain.bounds().spool());
    spool = large;
    large.receive(
        file -> guarded(() -> handle(found, request(found).upload(file).build())),
        refused -> guarded(() -> bodyRefused(refused)));
  }

  private long bodyTimeoutMillis() {
    return chain.bounds().timeouts().body().toMillis();
  }

  /** A body's refusal belongs to the dialect, unless it broke HTTP itself. */
  private void bodyRefused(RuntimeException refused) {
    if (refused instanceof TransportRefusal transport) {
      chain.stats().refused();
      refuse(transport, true);
    } else {
      send(refusal((BatonException) refused), true);
    }
  }

  private Request.Builder request(Router.Found found) {
    HeaderMap headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod().toString();
    return Request.builder(method, exchange.getRequestPath(), tenant())
        .pathParameters(found.pathParameters())
        .query(exchange.getQueryString())
        .headers(headers::getFirst)
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
      send(replyTo(cause == null ? thrown : cause), false);
    } else if (reply == null) {
      send(replyTo(new IllegalStateException("a later reply is null")), false);
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
      Reply reply = replyTo(thrown);
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

  private Reply replyTo(Throwable thrown) {
    if (thrown instanceof BatonException refused) {
      return refusal(refused);
    }
    if (thrown instanceof TransportRefusal refused) {
      return refusal(refused);
    }
    chain.stats().failed();
    LOG.log(
        System.Logger.Level.ERROR,
        () ->
            "request "
                + id
                + " failed: "
                + exchange.getRequestMethod()
                + " "
                + exchange.getRequestPath(),
        thrown);
    return owner()
        .map(owner -> owner.failure(id))
        .orElseGet(() -> Reply.json(500, Map.of("detail", "Internal Server Error", "id", id)));
  }

  /** Whose words an answer is to be put in, when it can be told. */
  private Optional<Dialect> owner() {
    return Optional.ofNullable(dialect).or(() -> chain.router().claimed(exchange.getRequestPath()));
  }

  private Reply refusal(BatonException refused) {
    Dialect owner = dialect;
    if (owner == null) {
      throw new IllegalStateException("refused outside any dialect", refused);
    }
    return owner.refusal(refused);
  }

  private void refuse(TransportRefusal refused, boolean close) {
    send(refusal(refused), close);
  }

  private Reply refusal(TransportRefusal refused) {
    return owner()
        .map(owner -> owner.refusal(refused))
        .orElseGet(() -> TransportRefusals.transport(refused));
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
    new ReplySender(exchange, wire, chain.bounds().timeouts().write(), close || unread)
        .send(withCors(encodable(reply)));
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
        return encodable(replyTo(e));
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
    LOG.log(System.Logger.Level.DEBUG, this::answered);
    end();
    next.proceed();
  }

  /** Also when the connection breaks; whatever comes first. */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    wire.end(this);
    BodyReader held = body;
    if (held != null) {
      held.release();
    }
    BodySpool large = spool;
    if (large != null) {
      large.release();
    }
    chain.stats().requestEnded();
    if (chain.bounds().drain().isDraining()) {
      chain.bounds().drain().requestEnded();
    }
  }

  /** The connection is closed: whoever waits for this client need not. */
  void connectionClosed() {
    if (watch != null) {
      watch.gone();
    }
    end();
  }
}

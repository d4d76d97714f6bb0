package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.StreamWriter;
import dev.baton.http.in.api.TransportRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A few routes that show what they were asked, and count how often. */
final class TestDialect implements Dialect {
  private static final int LARGE = 32 * 1024 * 1024;

  final AtomicInteger handled = new AtomicInteger();
  final AtomicInteger gone = new AtomicInteger();
  final CompletableFuture<Reply> waited = new CompletableFuture<>();
  final List<StreamWriter> streams = new ArrayList<>();

  @Override
  public String name() {
    return "test";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        get("/hello", request -> Reply.ok(Map.of("hello", "world"))).withHead(),
        get("/lease", request -> Reply.ok(Map.of("leased", request.reply().take(1)))).takingRoom(),
        get("/items/{id}", request -> Reply.ok(Map.of("id", request.pathParameter("id")))),
        get("/query", request -> Reply.ok(request.queryInt("limit", 20, 1, 100))),
        get("/text", request -> Reply.ok(Map.of("q", request.queryString("q").orElse("")))),
        get("/headers", TestDialect::headers),
        get("/large", request -> Reply.bytes(200, "application/octet-stream", new byte[LARGE])),
        post("/echo", request -> Reply.bytes(200, "application/json", request.body())),
        post("/length", request -> Reply.ok(request.body().length)),
        post("/small", request -> Reply.ok(request.body().length)).withMaxBody(10),
        get("/boom", TestDialect::boom),
        get("/exhausted", TestDialect::exhausted),
        get("/refused", TestDialect::refused),
        get("/unencodable", request -> Reply.ok(new Object[] {new Circle()})),
        get("/wait", this::await),
        get("/later", request -> Reply.later(soon(() -> Reply.noContent()))),
        get("/later-refused", request -> Reply.later(soon(() -> refused(request)))),
        get("/later-boom", request -> Reply.later(soon(() -> boom(request)))),
        get("/stream", request -> Reply.stream("text/event-stream", this::streamed)));
  }

  @Override
  public Reply refusal(BatonException refused) {
    return TransportRefusals.plain(refused);
  }

  private Route get(String path, Handler handler) {
    return Route.get(
        path, Permission.OPEN, counted(handler), doc("get" + path.replaceAll("\\W", "")));
  }

  private Route post(String path, Handler handler) {
    return Route.post(
        path, Permission.OPEN, counted(handler), doc("post" + path.replaceAll("\\W", "")));
  }

  private static RouteDoc doc(String operationId) {
    return RouteDoc.of(operationId, "For tests.").answer(200, "Always.").build();
  }

  private Handler counted(Handler handler) {
    return request -> {
      handled.incrementAndGet();
      return handler.handle(request);
    };
  }

  private static Reply headers(Request request) {
    return Reply.ok(Map.of("tenant", request.tenant().value(), "id", request.id()))
        .withHeader("X-Echo", request.header("x-echo").orElse(""));
  }

  private static Reply boom(Request request) {
    throw new IllegalStateException("a secret of " + request.path());
  }

  private static Reply exhausted(Request request) {
    throw new OutOfMemoryError("for tests");
  }

  private static Reply refused(Request request) {
    throw new BatonException(ErrorCode.TASK_NOT_FOUND, "Unknown task");
  }

  private Reply await(Request request) {
    request.onClientGone(gone::incrementAndGet);
    return Reply.later(waited);
  }

  private static CompletableFuture<Reply> soon(java.util.function.Supplier<Reply> reply) {
    return CompletableFuture.supplyAsync(reply);
  }

  private void streamed(StreamWriter writer) {
    writer.onClosed(gone::incrementAndGet);
    writer.write("data: first\n\n".getBytes(UTF_8));
    synchronized (streams) {
      streams.add(writer);
    }
  }

  /** Jackson follows it until it gives up. */
  static final class Circle {
    public Circle getSelf() {
      return this;
    }
  }
}

package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.openapi.Described;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The dialect over a store in memory and a clock that stands, called as the server calls it. */
final class Bridge implements AutoCloseable {
  final ManualClock clock = new ManualClock();
  final Baton baton;
  final Dialect dialect;
  private final Map<String, Route> routes = new HashMap<>();
  private @Nullable Described described;

  Bridge() {
    this(new InMemoryStore(), BridgeSettings.DEFAULT);
  }

  Bridge(Store store, BridgeSettings settings) {
    baton = Baton.builder(store).clock(clock).random(new Random(1)).build();
    dialect = new BridgeDialect(baton, settings);
    for (Route route : dialect.routes()) {
      routes.put(route.method() + " " + route.pattern(), dialect.strictness().around(route));
    }
  }

  Answer post(String path, String json) {
    return answer(Request.builder("POST", path, TenantId.DEFAULT).json(json));
  }

  /** A path with a query, if any. */
  Answer get(String target) {
    return answer(getting(target));
  }

  static Request.Builder getting(String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? Request.builder("GET", target, TenantId.DEFAULT)
        : Request.builder("GET", target.substring(0, mark), TenantId.DEFAULT)
            .query(target.substring(mark + 1));
  }

  Answer answer(Request.Builder request) {
    return await(begin(request));
  }

  /** The answer when it comes, with refusals rendered as the server does. */
  CompletableFuture<Answer> begin(Request.Builder builder) {
    Request request = builder.build();
    Route route = routes.get(request.method() + " " + request.path());
    if (route == null) {
      throw new AssertionError("no route " + request.method() + " " + request.path());
    }
    try {
      return settled(route.handler().handle(request))
          .thenApply(Answer::of)
          .thenApply(answer -> described(route, answer));
    } catch (BatonException refused) {
      return CompletableFuture.completedFuture(
          described(route, Answer.of(dialect.refusal(refused))));
    }
  }

  /** Every reply that a test sees is one that the document describes. */
  private Answer described(Route route, Answer answer) {
    if (described == null) {
      described = new Described(dialect);
    }
    described.check(route, answer.status(), answer.body());
    return answer;
  }

  private CompletableFuture<Reply> settled(Reply reply) {
    return reply instanceof Reply.Later later
        ? later
            .reply()
            .toCompletableFuture()
            .<Reply>thenApply(given -> given)
            .exceptionally(this::refusal)
        : CompletableFuture.completedFuture(reply);
  }

  private Reply refusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof BatonException refused) {
      return dialect.refusal(refused);
    }
    throw new CompletionException(cause);
  }

  static Answer await(CompletableFuture<Answer> answer) {
    try {
      return answer.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("no answer", e);
    }
  }

  /** Puts a prompt under this id. */
  void put(String taskId) {
    put(taskId, "{\"prompt\":\"What is " + taskId + "?\",\"taskId\":\"" + taskId + "\"}");
  }

  void put(String taskId, String json) {
    Answer answer = post("/putPrompt", json);
    if (answer.status() != 200 || !answer.text("taskId").equals(taskId)) {
      throw new AssertionError(answer.toString());
    }
  }

  /** Leases the next prompt; what its header names as the lease. */
  String lease() {
    Answer answer = get("/getPrompt?leaseSeconds=60&worker=w1");
    return answer.header("X-Lease-Id").orElseThrow(() -> new AssertionError(answer.toString()));
  }

  String status(String taskId) {
    return get("/getResponse?taskId=" + taskId).text("status");
  }

  void advance(Duration by) {
    clock.advance(by);
    while (Baton.await(baton.upkeep().sweep())) {}
    baton.leasing().endOverdueWaits();
  }

  /** Every change of state is in the log, so equal lengths mean that nothing was stored. */
  int changes() {
    return Baton.await(baton.insight().events(0, 100_000)).size();
  }

  int tasks() {
    return Baton.await(baton.tasks().list(TenantId.DEFAULT, Filter.ALL, Long.MAX_VALUE, 1_000))
        .size();
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    baton.close();
  }
}

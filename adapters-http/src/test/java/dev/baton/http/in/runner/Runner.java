package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.testing.MemoryBatchFiles;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.openapi.Described;
import dev.baton.http.in.runner.schedule.RunFiles;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.webhook.HttpWebhookSender;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The dialect over a store in memory and a clock that stands, called as the server calls it. */
public final class Runner implements AutoCloseable {
  private static final int REFUSAL_BYTES_MAX = 4_096;

  static final String API = RunnerContext.PREFIX;

  public final ManualClock clock = new ManualClock();

  /** Who asks from now on. */
  TenantId tenant = TenantId.DEFAULT;

  /** What schedules see. */
  final MemoryBatchFiles files = new MemoryBatchFiles();

  /** What batches see. */
  public final NoFiles uploads = new NoFiles();

  public final Baton baton;
  final RunnerDialect dialect;

  private final InMemoryStore store;
  private final Router router;
  private @Nullable Described described;

  public Runner() {
    this(RunnerSettings.DEFAULT);
  }

  public Runner(RunnerSettings settings) {
    this(settings, builder -> {});
  }

  /** With what else is wanted of the core. */
  public Runner(RunnerSettings settings, Consumer<Baton.Builder> more) {
    store = new InMemoryStore();
    Baton.Builder builder =
        Baton.builder(store)
            .clock(clock)
            .random(new Random(1))
            .files(files, new RunFiles())
            .webhooks(new HttpWebhookSender(OutboundRules.STRICT));
    more.accept(builder);
    baton = builder.build();
    dialect = new RunnerDialect(baton, settings, uploads);
    router = new Router(List.of(dialect));
  }

  public RunnerDialect dialect() {
    return dialect;
  }

  /** Posts JSON to a path under the prefix. */
  public Answer post(String path, String json) {
    return answer(request("POST", path).json(json));
  }

  /** Posts without a body. */
  public Answer post(String path) {
    return answer(request("POST", path));
  }

  public Answer patch(String path, String json) {
    return answer(request("PATCH", path).json(json));
  }

  public Answer delete(String path) {
    return answer(request("DELETE", path));
  }

  public Answer get(String path) {
    return answer(request("GET", path));
  }

  /** A request for a path under the prefix, with a query if any. */
  public Request.Builder request(String method, String path) {
    int mark = path.indexOf('?');
    String plain = API + (mark < 0 ? path : path.substring(0, mark));
    Request.Builder request =
        Request.builder(method, plain, tenant)
            .pathParameters(found(method, plain).pathParameters());
    return mark < 0 ? request : request.query(path.substring(mark + 1));
  }

  public Answer answer(Request.Builder request) {
    return await(begin(request));
  }

  /** The answer when it comes, with refusals rendered as the server does. */
  CompletableFuture<Answer> begin(Request.Builder builder) {
    Request request = builder.build();
    Route route = found(request.method(), request.path()).route();
    return answered(route, request).thenApply(answer -> described(route, answer));
  }

  private CompletableFuture<Answer> answered(Route route, Request request) {
    try {
      return settled(route.handler().handle(request)).thenApply(Answer::of);
    } catch (BatonException refused) {
      return CompletableFuture.completedFuture(Answer.of(dialect.refusal(refused)));
    } catch (TransportRefusal refused) {
      return CompletableFuture.completedFuture(Answer.of(dialect.refusal(refused)));
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

  private Router.Found found(String method, String path) {
    if (router.find(method, path) instanceof Router.Found found) {
      return found;
    }
    throw new AssertionError("no route " + method + " " + path);
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
    if (cause instanceof TransportRefusal refused) {
      return dialect.refusal(refused);
    }
    throw new CompletionException(cause);
  }

  static Answer await(CompletableFuture<Answer> answer) {
    try {
      return answer.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("no answer: " + e.getMessage(), e);
    }
  }

  /** Leases the next task of the default queue for a minute. */
  public LeasedTask lease() {
    return baton
        .lease(QueueName.DEFAULT, new WorkerId("w1"), Duration.ofMinutes(1))
        .orElseThrow(() -> new AssertionError("nothing is ready"));
  }

  /** Answers what was leased. */
  public void complete(LeasedTask task, Completion completion) {
    Baton.await(
        baton
            .settling()
            .settle(TenantId.DEFAULT, Settlement.Complete.of(task.leaseId(), completion)));
  }

  /** What answering comes to. */
  Settled.Kind completing(LeasedTask task, Completion completion) {
    Settlement settlement = Settlement.Complete.of(task.leaseId(), completion);
    return Baton.await(baton.settling().settle(TenantId.DEFAULT, List.of(settlement)))
        .get(0)
        .kind();
  }

  public void advance(Duration by) {
    clock.advance(by);
    while (Baton.await(baton.upkeep().sweep())) {}
  }

  /** Every change of state is in the log, so equal lengths mean that nothing was stored. */
  int changes() {
    return Baton.await(baton.insight().events(0, 100_000)).size();
  }

  /** All that is kept, in the store and in files; equal to itself as long as nothing is stored. */
  public Map<String, Object> stored() {
    Map<String, Object> all = new TreeMap<>(store.contents());
    all.put("files", Map.copyOf(files.texts));
    all.put("uploads", uploads.left());
    return all;
  }

  /** The request is refused in this dialect's form, leaks nothing, and leaves nothing stored. */
  void assertRefused(Request.Builder request, int status, String code) {
    Map<String, Object> before = stored();

    Answer answer = answer(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(REFUSAL_BYTES_MAX);
    assertThat(answer.body().toLowerCase(Locale.ROOT))
        .doesNotContain("exception", "\tat ", "select ", "sqlite", "jackson");
    assertThat(stored()).isEqualTo(before);
  }

  int tasks() {
    return Baton.await(baton.tasks().list(TenantId.DEFAULT, Filter.ALL, Long.MAX_VALUE, 1_000))
        .size();
  }

  @Override
  public void close() {
    baton.close();
  }
}

package dev.baton.http.in.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.usecase.task.Counters;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.ops.GaugeValues;
import dev.baton.http.in.ops.OpsDialect;
import dev.baton.http.in.ops.OpsSources;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.Runner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter of the query that nobody knows meets the same in every dialect. */
final class UnknownParametersTest {
  private final Runner runner = new Runner();
  private final List<Dialect> dialects = dialects(runner.baton);
  private final Router router = new Router(dialects);

  @AfterEach
  void close() {
    runner.close();
  }

  private List<Dialect> dialects(Baton baton) {
    OpsSources sources =
        new OpsSources(
            () -> Instant.EPOCH,
            () -> new Counters.Snapshot(0, 0, 0, 0, 0),
            () -> Readiness.READY,
            () -> {
              throw new IllegalStateException("not asked for");
            },
            () -> CompletableFuture.completedFuture(GaugeValues.NONE));
    List<Dialect> all = new ArrayList<>();
    all.add(new BridgeDialect(baton, BridgeSettings.DEFAULT));
    all.add(runner.dialect());
    all.add(new OpsDialect(sources));
    all.add(new DocsDialect(List.copyOf(all), new ApiInfo("0.1.0", Optional.empty())));
    return all;
  }

  private Reply answer(String method, String path, Request.Builder request) {
    Router.Found found = (Router.Found) router.find(method, path);
    return found.route().handler().handle(request.build());
  }

  @Test
  void strictly_itIsRefusedByEveryRoute() {
    for (Dialect dialect : dialects) {
      for (Route route : dialect.routes()) {
        String path = route.pattern();
        assertThatExceptionOfType(FieldErrors.class)
            .as("%s %s", route.method(), path)
            .isThrownBy(
                () ->
                    answer(
                        route.method(),
                        path,
                        Request.builder(route.method(), path, TenantId.DEFAULT)
                            .header("Prefer", "handling=strict")
                            .query("nmae=1")))
            .satisfies(
                e -> assertThat(e.errors().get(0).loc()).isEqualTo(List.of("query", "nmae")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/listTasks, max=1",
    "/getPrompt, waitSeconds=0",
    "/api/v1/tasks, limit=1",
    "/metrics, format=json",
    "/openapi.json, version=3.0.3"
  })
  void otherwise_itIsIgnoredAndNamed(String path, String known) {
    Request.Builder request =
        Request.builder("GET", path, TenantId.DEFAULT).query(known + "&nmae=1&a%2Cb=2");

    Reply reply = answer("GET", path, request);

    assertThat(headers(reply)).containsEntry("X-Ignored-Parameters", "nmae, ?");
  }

  private static Map<String, String> headers(Reply reply) {
    if (reply instanceof Reply.Later later) {
      return headers(later.reply().toCompletableFuture().join());
    }
    return reply instanceof Reply.Empty empty ? empty.headers() : ((Reply.Json) reply).headers();
  }
}

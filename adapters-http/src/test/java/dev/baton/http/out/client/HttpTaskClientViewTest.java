package dev.baton.http.out.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.transport.HttpServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client sees of tasks that it could not have submitted. */
final class HttpTaskClientViewTest {

  @Test
  void taskOfABatch_tellsModelAndBatch() {
    TaskId id = new TaskId("t1");
    try (Baton baton = Baton.builder(new InMemoryStore()).build().start();
        HttpServer http =
            HttpServer.builder()
                .dialect(new BridgeDialect(baton, BridgeSettings.DEFAULT))
                .start()) {
      Baton.await(baton.batches().create(TenantId.DEFAULT, batch(), List.of(row(id))));
      URI url = URI.create("http://127.0.0.1:" + http.address().getPort());

      TaskView.Terms terms = HttpBatonClient.of(url).tasks().find(id).orElseThrow().terms();

      assertThat(terms.model()).contains(new ModelName("gpt-x"));
      assertThat(terms.batch()).contains(new BatchId("b1"));
    }
  }

  @Test
  void whatTheProviderSaid_comesAcross() {
    TaskId id = new TaskId("t1");
    Completion answer =
        new Completion(
            "a",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ModelAnswer(
                    new ModelName("gpt-x"),
                    "tool_calls",
                    Optional.of("[{\"id\":\"c1\"}]"),
                    Optional.of("No."),
                    Optional.of("Hm."),
                    Optional.of("{\"content\":[]}"),
                    Optional.of("{\"audio\":{\"id\":\"a1\"}}"))));
    try (Served served = new Served();
        Baton baton = Baton.builder(new InMemoryStore()).build().start()) {
      Baton.await(baton.batches().create(TenantId.DEFAULT, batch(), List.of(row(id))));
      Baton.await(
          baton
              .settling()
              .settle(TenantId.DEFAULT, new Settlement.Complete(id, Optional.empty(), answer)));

      TaskClient client = served.overHttp(baton).tasks();

      assertThat(client.find(id).orElseThrow().answer().completion()).contains(answer);
      assertThat(requireNonNull(client.answers(List.of(id)).get(id)).completion()).contains(answer);
    }
  }

  private static NewBatch batch() {
    return new NewBatch(
        Optional.of(new BatchId("b1")), "", "", BatchConfig.DEFAULT, Optional.empty());
  }

  private static NewTask row(TaskId id) {
    return NewTask.builder(Prompt.of("a")).id(id).model(new ModelName("gpt-x")).build();
  }
}

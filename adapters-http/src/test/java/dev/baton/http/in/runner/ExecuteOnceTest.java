package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.task.Completion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row 97: twenty threads execute the same task at the same time. */
final class ExecuteOnceTest {
  private static final int MANY = 20;

  private final Runner runner = new Runner();
  private final ExecutorService pool = Executors.newFixedThreadPool(MANY);

  @AfterEach
  void close() {
    pool.shutdownNow();
    runner.close();
  }

  private List<Answer> executeAtOnce(String body) {
    CyclicBarrier together = new CyclicBarrier(MANY);
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, MANY)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> execute(together, body), pool))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private Answer execute(CyclicBarrier together, String body) {
    try {
      together.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others did not come", e);
    }
    return runner.post("/tasks/t/execute", body);
  }

  @Test
  void execute_atTheSameTime_isOneRun_alsoByForce() {
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\",\"autoExecute\":false}");

    assertThat(executeAtOnce("{}"))
        .allMatch(answer -> answer.status() == 200)
        .extracting(answer -> answer.data("executionId"))
        .containsOnly("exec-t-1");
    runner.complete(runner.lease(), Completion.of("a"));

    List<Answer> forced = executeAtOnce("{\"force\":true}");

    assertThat(forced).allMatch(answer -> answer.status() == 200);
    assertThat(forced.stream().map(answer -> answer.data("executionId")).distinct()).hasSize(1);
    runner.complete(runner.lease(), Completion.of("b"));
    assertThat(runner.get("/tasks?status=pending").data().path("tasks")).isEmpty();
  }
}

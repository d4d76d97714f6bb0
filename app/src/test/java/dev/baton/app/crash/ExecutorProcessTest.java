package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.persistence.SqlStores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the executor's tasks when its process is killed, or told to go. */
final class ExecutorProcessTest {
  private static final int TASKS = 60;
  private static final Duration EXIT_MAX = Duration.ofSeconds(35);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private Path database() {
    return directory.resolve("baton.db");
  }

  private Path journal() {
    return directory.resolve("calls.txt");
  }

  private ServerProcess serve(Duration answer) throws IOException {
    return ServerProcess.serveSlowly(database(), journal(), answer);
  }

  /** Tasks that are in the store for the executor. */
  private static List<TaskId> putAll(InetSocketAddress server, int count) throws IOException {
    List<TaskId> ids = new ArrayList<>();
    try (Wire wire = new Wire()) {
      for (int i = 0; i < count; i++) {
        String id = "t" + i;
        String body =
            "{\"prompt\":\"p%d\",\"taskId\":\"%s\",\"queue\":\"default\"}".formatted(i, id);
        assertThat(wire.call(server, "/putPrompt", body).status()).isEqualTo(200);
        ids.add(new TaskId(id));
      }
    }
    return ids;
  }

  private List<String> calls() throws IOException {
    return Files.exists(journal()) ? Files.readAllLines(journal()) : List.of();
  }

  private Map<String, Long> callsByTask() throws IOException {
    return calls().stream()
        .map(line -> line.substring(0, line.lastIndexOf('~')))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** As they stand in the file, which no process has open. */
  private List<Task> stored(List<TaskId> ids) {
    try (Baton baton = Baton.builder(SqlStores.open(database())).build()) {
      return ids.stream().map(id -> baton.find(id).orElseThrow()).toList();
    }
  }

  private static long succeeded(InetSocketAddress server, List<TaskId> ids) throws IOException {
    long count = 0;
    try (Wire wire = new Wire()) {
      for (TaskId id : ids) {
        String body = wire.call(server, "/getResponse?taskId=" + id, null).body();
        count += body.contains("succeeded") ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void killed_itsTasksAreTakenUp_andNoneIsAskedMoreOftenThanItWasLeased() throws Exception {
    List<TaskId> ids;
    try (ServerProcess first = serve(Duration.ofMillis(200))) {
      ids = putAll(first.address(), TASKS);
      await().atMost(PATIENCE).until(() -> calls().size() >= TASKS / 3);
      first.kill();
    }
    assertThat(calls()).hasSizeLessThan(TASKS);
    try (ServerProcess second = serve(Duration.ofMillis(50))) {
      InetSocketAddress address = second.address();
      await().atMost(PATIENCE).until(() -> succeeded(address, ids) == TASKS);
      second.terminate();
      assertThat(second.await(EXIT_MAX)).as(second.said()).isZero();
    }

    Map<String, Long> asked = callsByTask();
    assertThat(stored(ids))
        .allSatisfy(
            task -> {
              assertThat(task.completion().orElseThrow().content())
                  .isEqualTo("p" + task.id().value().substring(1));
              assertThat(asked.get(task.id().value()))
                  .isBetween(1L, (long) task.row().leaseState().attempts());
            });
    assertThat(calls()).doesNotHaveDuplicates();
  }

  @Test
  void terminated_letsItsCallsEnd_andTakesNothingNew() throws Exception {
    List<TaskId> ids;
    try (ServerProcess server = serve(Duration.ofSeconds(1))) {
      ids = putAll(server.address(), TASKS);
      await().atMost(PATIENCE).until(() -> calls().size() >= 8);
      server.terminate();
      assertThat(server.await(EXIT_MAX)).as(server.said()).isZero();
    }

    Map<String, Long> asked = callsByTask();
    assertThat(asked).hasSizeLessThan(TASKS);
    assertThat(stored(ids))
        .allSatisfy(
            task -> {
              boolean wasAsked = asked.containsKey(task.id().value());
              assertThat(task.state().kind()).isEqualTo(wasAsked ? Kind.SUCCEEDED : Kind.READY);
              assertThat(task.row().leaseState().attempts()).isEqualTo(wasAsked ? 1 : 0);
            });
  }

  @Test
  void terminated_withACallThatDoesNotEnd_givesItBackUncounted_inTime() throws Exception {
    List<TaskId> ids;
    try (ServerProcess server = serve(Duration.ofHours(1))) {
      ids = putAll(server.address(), 3);
      await().atMost(PATIENCE).until(() -> calls().size() == 3);
      server.terminate();
      assertThat(server.await(EXIT_MAX)).as(server.said()).isZero();
    }

    assertThat(stored(ids))
        .allSatisfy(
            task -> {
              assertThat(task.state().kind()).isEqualTo(Kind.READY);
              assertThat(task.row().leaseState().attempts()).isZero();
            });
  }
}

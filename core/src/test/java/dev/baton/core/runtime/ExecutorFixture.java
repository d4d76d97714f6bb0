package dev.baton.core.runtime;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * An executor over a store in memory, stepped by hand, with time and models in the test's hands.
 */
abstract class ExecutorFixture {
  static final TenantId TENANT = TenantId.DEFAULT;
  static final ModelName A = new ModelName("a");
  static final ModelName B = new ModelName("b");

  final ManualClock clock = new ManualClock();
  final InMemoryStore store = new InMemoryStore();
  final List<ModelPause> alerts = new ArrayList<>();
  FakeModelClient client = new FakeModelClient();
  Baton baton;
  Executor executor;

  /** For any model; tests that want others open anew. */
  @BeforeEach
  final void openForAnyModel() {
    open(ExecutorSettings.DEFAULT);
  }

  final void open(ExecutorSettings settings, ModelSpec... models) {
    client = new FakeModelClient(models);
    baton =
        Baton.builder(store)
            .clock(clock)
            .random(new Random(42))
            .models(client)
            .executor(settings)
            .onAlert(alerts::add)
            .build();
    executor = baton.executor().orElseThrow();
  }

  final void open(ModelSpec... models) {
    open(ExecutorSettings.DEFAULT, models);
  }

  @AfterEach
  void close() {
    baton.close();
  }

  static ModelSpec withFallbacks(ModelName name, ModelName... fallbacks) {
    return new ModelSpec(
        name,
        "fake",
        100,
        OptionalInt.empty(),
        List.of(fallbacks),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  static NewTask.Builder task(String prompt) {
    return NewTask.builder(Prompt.of(prompt));
  }

  static NewTask streamed(String prompt) {
    Parameters streaming =
        new Parameters(
            Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Options.NONE, true);
    return NewTask.builder(new Prompt(prompt, Metadata.EMPTY, streaming)).build();
  }

  final TaskId submit(String prompt) {
    return submit(task(prompt));
  }

  final TaskId submit(NewTask.Builder task) {
    return Baton.await(baton.submissions().submit(TENANT, task.build())).id();
  }

  /** So many tasks for this model. */
  final void submitMany(int count, ModelName model) {
    for (int i = 0; i < count; i++) {
      submit(task(model + "-" + i).model(model));
    }
  }

  final Task find(TaskId id) {
    return baton.find(id).orElseThrow();
  }

  final Kind state(TaskId id) {
    return find(id).state().kind();
  }

  final int attempts(TaskId id) {
    return find(id).row().standing().attempts();
  }

  /** Lets time go by, does what is due, and lets the executor see it. */
  final void pass(Duration time) {
    clock.advance(time);
    while (Baton.await(baton.upkeep().sweep())) {
      // Page after page.
    }
    executor.runOnce();
  }

  final List<String> asked() {
    return client.calls().stream().map(call -> call.request().model().value()).toList();
  }

  final List<TaskEvent.Kind> events(TaskId id) {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(TaskEvent.class::isInstance)
        .map(TaskEvent.class::cast)
        .filter(event -> event.taskId().equals(id))
        .map(TaskEvent::kind)
        .toList();
  }
}

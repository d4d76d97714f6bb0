package dev.baton.core.usecase.model;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Task;
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
  protected static final TenantId TENANT = TenantId.DEFAULT;
  protected static final ModelName A = new ModelName("a");
  protected static final ModelName B = new ModelName("b");

  protected final ManualClock clock = new ManualClock();
  protected final InMemoryStore store = new InMemoryStore();
  protected final List<ModelPause> alerts = new ArrayList<>();
  protected FakeModelClient client = new FakeModelClient();
  protected Baton baton;
  protected Executor executor;

  /** For any model; tests that want others open anew. */
  @BeforeEach
  final void openForAnyModel() {
    open(ExecutorSettings.DEFAULT);
  }

  protected final void open(ExecutorSettings settings, ModelSpec... models) {
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

  protected final void open(ModelSpec... models) {
    open(ExecutorSettings.DEFAULT, models);
  }

  @AfterEach
  void close() {
    baton.close();
  }

  protected static ModelSpec withFallbacks(ModelName name, ModelName... fallbacks) {
    return new ModelSpec(
        name,
        "fake",
        100,
        OptionalInt.empty(),
        List.of(fallbacks),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  protected static NewTask.Builder task(String prompt) {
    return NewTask.builder(Prompt.of(prompt));
  }

  protected static NewTask streamed(String prompt) {
    Parameters streaming =
        new Parameters(
            Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Options.NONE, true);
    return NewTask.builder(new Prompt(prompt, Metadata.EMPTY, streaming)).build();
  }

  protected final TaskId submit(String prompt) {
    return submit(task(prompt));
  }

  protected final TaskId submit(NewTask.Builder task) {
    return Baton.await(baton.submissions().submit(TENANT, task.build())).id();
  }

  /** So many tasks for this model. */
  protected final void submitMany(int count, ModelName model) {
    for (int i = 0; i < count; i++) {
      submit(task(model + "-" + i).model(model));
    }
  }

  protected final Task find(TaskId id) {
    return baton.find(id).orElseThrow();
  }

  protected final Kind state(TaskId id) {
    return find(id).state().kind();
  }

  protected final int attempts(TaskId id) {
    return find(id).row().leaseState().attempts();
  }

  /** Lets time go by, does what is due, and lets the executor see it. */
  protected final void pass(Duration time) {
    clock.advance(time);
    while (Baton.await(baton.upkeep().sweep())) {
      // Page after page.
    }
    executor.runOnce();
  }

  protected final List<String> asked() {
    return client.calls().stream().map(call -> call.request().model().value()).toList();
  }

  protected final List<TaskEvent.Kind> events(TaskId id) {
    return Baton.await(baton.insight().events(0, 10_000)).stream()
        .map(LoggedEvent::event)
        .filter(TaskEvent.class::isInstance)
        .map(TaskEvent.class::cast)
        .filter(event -> event.taskId().equals(id))
        .map(TaskEvent::kind)
        .toList();
  }
}

package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.Store;
import dev.baton.core.usecase.model.ExecutorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Prompts put in by one caller and answered by the executor, from the first put to the last end.
 */
final class ExecutorLoad {
  private static final int LIST = 1_000;
  private static final int AHEAD_MAX = 20_000;
  private static final long LOOK_NANOS = 1_000_000;

  private final Store store;
  private final String text;

  ExecutorLoad(Store store, int textLength) {
    this.store = store;
    this.text = "x".repeat(textLength);
  }

  /** Cycles per second of {@code tasks} tasks, {@code concurrency} calls at once. */
  double cyclesPerSecond(int tasks, int concurrency) {
    ExecutorSettings settings = ExecutorSettings.DEFAULT.withConcurrency(concurrency);
    try (Baton baton =
        Baton.builder(store).models(new InstantModelClient()).executor(settings).build().start()) {
      long start = System.nanoTime();
      for (int put = 0; put < tasks; put += LIST) {
        List<NewTask> list = new ArrayList<>(LIST);
        for (int i = 0; i < Math.min(LIST, tasks - put); i++) {
          list.add(NewTask.builder(Prompt.of(text)).build());
        }
        Baton.await(baton.submissions().submit(TenantId.DEFAULT, list));
        until(baton, put - AHEAD_MAX);
      }
      until(baton, tasks);
      return tasks / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static void until(Baton baton, int answered) {
    while (baton.insight().counters().answered() < answered) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}

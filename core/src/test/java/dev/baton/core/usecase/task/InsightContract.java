package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Depth;
import dev.baton.core.port.TaskRows.Filter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of tasks that wait, and of what there is. */
public abstract class InsightContract extends LifecycleFixture {
  private static final String NOBODY =
      "waits for a worker to ask, and no model is asked here. Configure providers, start a worker"
          + " (baton work), or try the echo (serve --echo)";

  private String whyWaiting(TaskId id) {
    return Baton.await(baton.insight().whyWaiting(TENANT, id)).orElseThrow().sentence();
  }

  @Test
  void whyWaiting_saysItInOneSentence() {
    TaskId first = submitId(task("first"));
    TaskId second = submitId(task("second"));
    TaskId later = submitId(task("later").startAt(clock.instant().plusSeconds(60)));
    gate(1, false);
    TaskId inside = submitId(task("inside").gate(GATE));
    TaskId behind = submitId(task("behind").gate(GATE));

    assertThat(whyWaiting(first)).isEqualTo("next in line: " + NOBODY);
    assertThat(whyWaiting(second)).isEqualTo("in line behind 1 other: " + NOBODY);
    assertThat(whyWaiting(inside)).isEqualTo("in line behind 2 others: " + NOBODY);
    assertThat(whyWaiting(later)).isEqualTo("held until " + clock.instant().plusSeconds(60));
    assertThat(whyWaiting(behind))
        .isEqualTo("held by gate batch:1: 1 of 1 places taken; next in line");
    Baton.await(baton.queues().pause(TENANT, QUEUE));
    assertThat(whyWaiting(first)).isEqualTo("its queue is paused; first in line");
    Baton.await(baton.queues().resume(TENANT, QUEUE));
    LeasedTask taken = take(FIRST);
    assertThat(whyWaiting(first)).isEqualTo("a worker has it until " + taken.lease().expiresAt());
    complete(taken, "a");
    assertThat(whyWaiting(first)).isEqualTo("it is over");
    assertThat(Baton.await(baton.insight().whyWaiting(TENANT, new TaskId("nowhere")))).isEmpty();
  }

  @Test
  void depths_andLists_tellWhatThereIs() {
    submitId(task("a"));
    TaskId leased = submitId(task("b").priority(Priority.HIGH));
    take(FIRST);

    assertThat(Baton.await(baton.queues().depths(TENANT)))
        .containsExactlyInAnyOrder(
            new Depth(QUEUE, Kind.READY, 1), new Depth(QUEUE, Kind.LEASED, 1));
    assertThat(
            Baton.await(
                baton
                    .tasks()
                    .list(
                        TENANT,
                        new Filter(Optional.of(Kind.LEASED), Optional.empty()),
                        Long.MAX_VALUE,
                        9)))
        .extracting(TaskRow::id)
        .containsExactly(leased);
  }
}

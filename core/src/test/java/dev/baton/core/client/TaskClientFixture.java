package dev.baton.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.client.TaskClient.Ask;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskClient.Receipt;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of {@link TaskClient} share. */
abstract class TaskClientFixture {
  protected static final QueueName QUEUE = QueueName.DEFAULT;
  protected static final WorkerId WORKER = new WorkerId("w1");
  protected static final Duration LEASE = Duration.ofMinutes(2);
  protected static final LeaseId NO_LEASE = new LeaseId(new TaskId("none"), new FencingToken(1));

  protected TaskClient server;

  /** A client of a new, empty Baton with the default settings; the contract closes it. */
  protected abstract TaskClient createServer() throws Exception;

  @BeforeEach
  void open() throws Exception {
    server = createServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  protected Receipt put(NewTask task) {
    return server.put(List.of(task)).get(0);
  }

  protected TaskView find(TaskId id) {
    return server.find(id).orElseThrow();
  }

  protected Settled complete(Settlement.Complete complete) {
    return server.complete(List.of(complete)).get(0);
  }

  protected Granted lease() {
    return server.lease(ask(1), Duration.ZERO).get(0);
  }

  protected static Ask ask(int max) {
    return new Ask(List.of(QUEUE), WORKER, LEASE, max);
  }

  protected static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}

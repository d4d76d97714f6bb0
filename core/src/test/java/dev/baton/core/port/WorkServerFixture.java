package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.task.FencingToken;
import dev.baton.core.domain.task.LeaseId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.QueueName;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskId;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.core.port.WorkServer.Ask;
import dev.baton.core.port.WorkServer.Granted;
import dev.baton.core.port.WorkServer.Receipt;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of {@link WorkServer} share. */
abstract class WorkServerFixture {
  static final QueueName QUEUE = QueueName.DEFAULT;
  static final WorkerId WORKER = new WorkerId("w1");
  static final Duration LEASE = Duration.ofMinutes(2);
  static final LeaseId NO_LEASE = new LeaseId(new TaskId("none"), new FencingToken(1));

  WorkServer server;

  /** A client of a new, empty Baton with the default settings; the contract closes it. */
  protected abstract WorkServer createServer() throws Exception;

  @BeforeEach
  void open() throws Exception {
    server = createServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  Receipt put(NewTask task) {
    return server.put(List.of(task)).get(0);
  }

  TaskView find(TaskId id) {
    return server.find(id).orElseThrow();
  }

  Settled complete(Settlement.Complete complete) {
    return server.complete(List.of(complete)).get(0);
  }

  Granted lease() {
    return server.lease(ask(1), Duration.ZERO).get(0);
  }

  static Ask ask(int max) {
    return new Ask(List.of(QUEUE), WORKER, LEASE, max);
  }

  static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}

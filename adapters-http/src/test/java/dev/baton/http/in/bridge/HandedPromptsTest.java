package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.http.in.api.MemoryBudget;
import dev.baton.http.in.api.ReplyHold;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Prompts that are too large to be handed out together, and those that never reach their worker.
 */
final class HandedPromptsTest {
  private static final int LENGTH = 100_000;

  private final Bridge bridge = new Bridge();
  private final MemoryBudget budget = new MemoryBudget(5 * LENGTH / 2);

  @BeforeEach
  void put() {
    for (int i = 1; i <= 4; i++) {
      bridge.put(
          "t" + i, "{\"taskId\":\"t%d\",\"prompt\":\"%s\"}".formatted(i, "x".repeat(LENGTH)));
    }
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  private Answer get(String target, ReplyHold hold) {
    return bridge.answer(Bridge.getting(target).hold(hold));
  }

  private String status(String id) {
    return bridge.get("/getResponse?taskId=" + id).text("status");
  }

  @Test
  void whatDoesNotFit_staysReady_untilTheReplyIsSent() {
    ReplyHold hold = new ReplyHold(budget);

    assertThat(get("/getPrompt?max=9", hold).json().path("prompts")).hasSize(2);
    assertThat(status("t3")).isEqualTo("ready");
    Answer refused = get("/getPrompt?max=9", new ReplyHold(budget));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isPresent();
    assertThat(status("t3")).isEqualTo("ready");

    hold.end(true);

    assertThat(get("/getPrompt?max=9", new ReplyHold(budget)).json().path("prompts")).hasSize(2);
    assertThat(status("t1")).isEqualTo("leased");
  }

  @Test
  void whatNeverReachedItsWorker_isReadyAtOnce_andItsAttemptIsNotCounted() {
    ReplyHold lost = new ReplyHold(budget);
    assertThat(get("/getPrompt?max=2", lost).status()).isEqualTo(200);
    assertThat(status("t1")).isEqualTo("leased");

    lost.end(false);

    assertThat(status("t1")).isEqualTo("ready");
    assertThat(status("t2")).isEqualTo("ready");
    Answer again = get("/getPrompt", new ReplyHold(budget));
    assertThat(again.text("taskId")).isEqualTo("t1");
    assertThat(again.header("X-Attempt")).contains("1");
  }

  @Test
  void workerThatLeftBeforeItsPromptCame_leavesItReady() {
    ReplyHold gone = new ReplyHold(MemoryBudget.unbounded());
    gone.end(false);

    get("/getPrompt", gone);

    assertThat(status("t1")).isEqualTo("ready");
  }
}

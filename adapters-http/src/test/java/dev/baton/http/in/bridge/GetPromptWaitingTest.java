package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.http.in.api.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lease that waits until there is something: a long poll. */
final class GetPromptWaitingTest {
  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void longPollForShortOnes_goesOnWaitingWhileALongOneGoesToAnother() {
    CompletableFuture<Answer> shorts =
        bridge.begin(Bridge.getting("/getPrompt?maxChars=9&waitSeconds=30"));
    awaitWaiters(1);

    bridge.put("long", "{\"prompt\":\"0123456789\",\"taskId\":\"long\"}");

    assertThat(bridge.get("/getPrompt").text("taskId")).isEqualTo("long");
    awaitWaiters(1);
    bridge.put("short", "{\"prompt\":\"012345678\",\"taskId\":\"short\"}");
    assertThat(Bridge.await(shorts).text("taskId")).isEqualTo("short");
  }

  @Test
  void severalLargeOnesInOnePut_wakeAsManyWaitersAsItTakes() {
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(bridge.begin(Bridge.getting("/getPrompt?max=1000&waitSeconds=30")));
    }
    awaitWaiters(3);
    String prompt = "{\"prompt\":\"" + "x".repeat(1 << 20) + "\"}";

    bridge.post("/putPrompts", "{\"prompts\":[" + prompt + ("," + prompt).repeat(15) + "]}");

    Awaitility.await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 2);
    assertThat(bridge.baton.insight().counters().leased()).isEqualTo(16);
  }

  @Test
  void longPoll_isAnsweredByTheNextPut() {
    CompletableFuture<Answer> waiting = waiting(1, 30).get(0);
    assertThat(waiting).isNotDone();

    bridge.put("t1");

    assertThat(Bridge.await(waiting).text("taskId")).isEqualTo("t1");
  }

  @Test
  void longPollThatIsOver_is204() {
    CompletableFuture<Answer> waiting = waiting(1, 30).get(0);

    bridge.advance(Duration.ofSeconds(29));
    assertThat(waiting).isNotDone();
    bridge.advance(Duration.ofSeconds(1));

    assertThat(Bridge.await(waiting).status()).isEqualTo(204);
  }

  @Test
  void manyLongPollsAndOneTask_areOneGrant() {
    List<CompletableFuture<Answer>> waiting = waiting(1_000, 300);

    bridge.put("t1");
    Awaitility.await().until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));
    bridge.advance(Duration.ofMinutes(5));

    assertThat(waiting.stream().map(Bridge::await).filter(answer -> answer.status() == 200))
        .hasSize(1);
    assertThat(bridge.baton.insight().counters().leased()).isEqualTo(1);
  }

  @Test
  void longPollWhoseClientLeft_takesNoTask() {
    List<Runnable> leave = new ArrayList<>();
    CompletableFuture<Answer> left =
        bridge.begin(Bridge.getting("/getPrompt?waitSeconds=30").clientGone(leave::add));
    awaitWaiters(1);

    leave.forEach(Runnable::run);
    bridge.put("t1");

    assertThat(Bridge.await(left).status()).isEqualTo(204);
    assertThat(bridge.baton.leasing().waiting()).isZero();
    Answer next = bridge.get("/getPrompt");
    assertThat(next.text("taskId")).isEqualTo("t1");
    assertThat(next.header("X-Attempt")).contains("1");
  }

  @Test
  void longPollWhileDraining_endsEmptyAndTheNextIs503() {
    CompletableFuture<Answer> waiting = waiting(1, 30).get(0);

    bridge.baton.leasing().stop();

    assertThat(Bridge.await(waiting).status()).isEqualTo(204);
    Answer refused = bridge.get("/getPrompt");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).contains("1");
  }

  private List<CompletableFuture<Answer>> waiting(int count, int seconds) {
    List<CompletableFuture<Answer>> waiting = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Request.Builder request =
          Bridge.getting("/getPrompt?leaseSeconds=3600&waitSeconds=" + seconds);
      waiting.add(bridge.begin(request));
    }
    awaitWaiters(count);
    return waiting;
  }

  private void awaitWaiters(int count) {
    Awaitility.await().until(() -> bridge.baton.leasing().waiting() == count);
  }
}

package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.Usage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What workers brought. */
public abstract class AnswerRowsContract extends StoreFixture {

  protected static Stream<Completion> completions() {
    return Stream.of(
        Completion.of(""),
        Completion.of("Grüße, 世界 \uD83D\uDE00\n\u0000'\""),
        Completion.of("z".repeat(1 << 20)),
        new Completion("a", Optional.of(new Usage(0, 0, 0)), Optional.of("")),
        new Completion("a", Optional.of(new Usage(1, Usage.MAX, 7)), Optional.of("trace-é")),
        new Completion(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ModelAnswer(new ModelName("gpt-4"), "tool_calls", Optional.of("[{}]")))),
        new Completion(
            "a",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ModelAnswer(
                    new ModelName("gpt-4"),
                    "stop",
                    Optional.empty(),
                    Optional.of("I can't."),
                    Optional.of("Hm, 世界"),
                    Optional.of("{\"content\":[]}"),
                    Optional.of("{\"audio\":{\"id\":\"a1\"}}")))),
        new Completion(
            "a",
            Optional.of(new Usage(1, 2, 3)),
            Optional.empty(),
            Optional.of(new ModelAnswer(new ModelName("gpt-4"), "stop", Optional.empty()))));
  }

  @ParameterizedTest
  @MethodSource("completions")
  void answer_comesBackAsGiven(Completion completion) {
    long seq = insert(readyTask("t")).seq();
    Result result = Result.of(seq, completion, NOW.plusMillis(3));

    run(
        tx -> {
          tx.answers().insert(List.of(result));
          tx.answers().addAlternative(seq, completion, NOW, 3);
        });

    assertThat(reading().answers().result(seq)).contains(result);
    assertThat(reading().answers().alternatives(seq)).containsExactly(completion);
  }

  protected static Stream<Failure> failures() {
    return Stream.of(
        Failure.retryable("RATE_LIMITED", "später"),
        Failure.permanent("NO", ""),
        Failure.permanent("LONG", "m".repeat(Failure.MAX_MESSAGE_LENGTH)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_comesBackAsGiven(Failure failure) {
    TaskRow row = insert(task("t", terms(QUEUE, 1), leased(NOW.plusSeconds(9))));
    Result result = Result.of(row.seq(), failure, NOW.plusMillis(3));
    Attempt attempt =
        new Attempt(
            1, row.lease(), NOW.plusMillis(2), Attempt.Outcome.FAILED, Optional.of(failure));

    run(
        tx -> {
          tx.answers().insert(List.of(result));
          tx.answers().addAttempt(row.seq(), attempt);
        });

    assertThat(reading().answers().result(row.seq())).contains(result);
    assertThat(reading().answers().attempts(row.seq())).containsExactly(attempt);
  }

  @Test
  void result_removed_isGoneAndMayBeSetAnew() {
    long seq = insert(readyTask("t")).seq();
    Result second = Result.of(seq, Completion.of("second"), NOW);
    run(tx -> tx.answers().insert(List.of(Result.of(seq, Failure.permanent("A", "b"), NOW))));

    run(tx -> tx.answers().removeResult(seq));
    assertThat(reading().answers().result(seq)).isEmpty();
    run(tx -> tx.answers().insert(List.of(second)));

    assertThat(reading().answers().result(seq)).contains(second);
  }

  @Test
  void result_ofATaskThatHasOne_isRefused() {
    long seq = insert(readyTask("t")).seq();
    Result first = Result.of(seq, Completion.of("first"), NOW);
    run(tx -> tx.answers().insert(List.of(first)));

    assertThat(
            store()
                .write(
                    Store.Urgency.CARRY,
                    tx -> {
                      tx.answers().insert(List.of(Result.of(seq, Completion.of("second"), NOW)));
                      return true;
                    }))
        .failsWithin(java.time.Duration.ofSeconds(20));
    assertThat(reading().answers().result(seq)).contains(first);
  }

  @Test
  void alternatives_beyondTheBound_keepTheNewest() {
    long seq = insert(readyTask("t")).seq();

    for (int i = 1; i <= 5; i++) {
      Completion completion = Completion.of("answer " + i);
      run(tx -> tx.answers().addAlternative(seq, completion, NOW, 3));
    }

    assertThat(reading().answers().alternatives(seq))
        .extracting(Completion::content)
        .containsExactly("answer 3", "answer 4", "answer 5");
  }

  @Test
  void alternatives_beyondTheTextBound_leaveOlderOnesOut() {
    long seq = insert(readyTask("t")).seq();
    String half = "é".repeat(AnswerRows.ALTERNATIVES_TEXT_MAX / 2 - 1);

    for (String text : List.of("1", "2" + half, "3", "4" + half)) {
      run(tx -> tx.answers().addAlternative(seq, Completion.of(text), NOW, 9));
    }

    // The second brings them to the bound: what is older stays out, and comes with no read.
    assertThat(reading().answers().alternatives(seq))
        .extracting(completion -> completion.content().charAt(0))
        .containsExactly('2', '3', '4');
  }

  @Test
  void attempts_ofEachOutcome_comeBackOldestFirst() {
    TaskRow row = insert(task("t", terms(QUEUE, 1), leased(NOW.plusSeconds(9))));
    Attempt.Outcome[] outcomes = Attempt.Outcome.values();
    List<Attempt> attempts =
        IntStream.rangeClosed(1, outcomes.length)
            .mapToObj(i -> attempt(row, i, outcomes[i - 1]))
            .toList();

    for (Attempt attempt : attempts) {
      run(tx -> tx.answers().addAttempt(row.seq(), attempt));
    }

    assertThat(reading().answers().attempts(row.seq())).isEqualTo(attempts);
  }

  @Test
  void attempts_beyondTheBound_keepTheNewest() {
    TaskRow row = insert(task("t", terms(QUEUE, 1), leased(NOW.plusSeconds(9))));
    int all = AnswerRows.ATTEMPTS_MAX + 3;

    run(
        tx -> {
          for (int i = 1; i <= all; i++) {
            tx.answers().addAttempt(row.seq(), attempt(row, i, Attempt.Outcome.EXPIRED));
          }
        });

    assertThat(reading().answers().attempts(row.seq()))
        .hasSize(AnswerRows.ATTEMPTS_MAX)
        .extracting(Attempt::number)
        .startsWith(4)
        .endsWith(all);
  }

  private static Attempt attempt(TaskRow row, int number, Attempt.Outcome outcome) {
    Lease lease =
        new Lease(
            row.id(),
            new WorkerId("worker-" + number),
            new FencingToken(number * 2L),
            NOW.plusSeconds(number),
            NOW.plusSeconds(number + 60L));
    return new Attempt(number, lease, NOW.plusSeconds(number + 2L), outcome, Optional.empty());
  }

  @Test
  void progress_theLastWordCounts() {
    long seq = insert(readyTask("t")).seq();
    assertThat(reading().answers().progress(seq)).isEmpty();

    run(tx -> tx.answers().putProgress(seq, new Progress(0, "begins")));
    run(tx -> tx.answers().putProgress(seq, new Progress(100, "näher")));

    assertThat(reading().answers().progress(seq)).contains(new Progress(100, "näher"));
  }

  @Test
  void chunks_ofOneLease_comeInOrderAfterTheOneNamed() {
    long seq = insert(readyTask("t")).seq();
    List<Chunk> chunks = chunks(1, 5);
    run(tx -> tx.answers().addChunks(seq, chunks.subList(0, 2)));
    run(tx -> tx.answers().addChunks(seq, chunks.subList(2, 5)));

    assertThat(reading().answers().lastChunk(seq, 1)).isEqualTo(5);
    assertThat(reading().answers().chunks(seq, 1, 0, 9)).isEqualTo(chunks);
    assertThat(reading().answers().chunks(seq, 1, 3, 9)).isEqualTo(chunks.subList(3, 5));
    assertThat(reading().answers().chunks(seq, 1, 1, 2)).isEqualTo(chunks.subList(1, 3));
    assertThat(reading().answers().chunks(seq, 1, 5, 9)).isEmpty();
    assertThat(reading().answers().chunks(seq, 2, 0, 9)).isEmpty();
  }

  @Test
  void chunks_ofALaterLease_comeFromItsFirst() {
    long seq = insert(readyTask("t")).seq();
    run(tx -> tx.answers().addChunks(seq, chunks(1, 3)));
    run(tx -> tx.answers().addChunks(seq, chunks(3, 2)));

    assertThat(reading().answers().lastChunk(seq, 1)).isEqualTo(3);
    assertThat(reading().answers().lastChunk(seq, 2)).isZero();
    assertThat(reading().answers().lastChunk(seq, 3)).isEqualTo(2);
    assertThat(reading().answers().chunks(seq, 1, 2, 9)).isEqualTo(chunks(3, 2));
    assertThat(reading().answers().chunks(seq, 0, 0, 9)).isEqualTo(chunks(3, 2));
    assertThat(reading().answers().chunks(seq, 3, 1, 9)).isEqualTo(chunks(3, 2).subList(1, 2));
  }

  private static List<Chunk> chunks(long token, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new Chunk(token, n, "piece " + n + " é\n"))
        .toList();
  }

  @Test
  void answers_ofTwoTasks_stayApart() {
    List<TaskRow> rows = insertAll(readyTask("a"), readyTask("b"));
    long one = rows.get(0).seq();
    long other = rows.get(1).seq();
    run(
        tx -> {
          tx.answers().insert(List.of(Result.of(one, Completion.of("a"), NOW)));
          tx.answers().addAlternative(one, Completion.of("b"), NOW, 3);
          tx.answers().putProgress(one, new Progress(1, ""));
          tx.answers().addChunks(one, chunks(1, 1));
        });

    run(
        tx -> {
          assertThat(tx.answers().result(other)).isEmpty();
          assertThat(tx.answers().alternatives(other)).isEmpty();
          assertThat(tx.answers().attempts(other)).isEmpty();
          assertThat(tx.answers().progress(other)).isEmpty();
          assertThat(tx.answers().lastChunk(other, 1)).isZero();
          assertThat(tx.answers().chunks(other, 0, 0, 9)).isEmpty();
        });
  }
}

package dev.baton.http.in.runner.operations;

import dev.baton.core.domain.task.Tally;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What ended within a period: altogether, by model and over time. */
record TaskMetrics(
    @Doc(value = "As asked.", example = "day") Period period,
    @Doc("Where it begins.") Instant from,
    @Doc("Now.") Instant to,
    @Doc("Altogether.") Figures totals,
    @Doc("Who waits or runs as of now, who is over as of the period.") ByStatus byStatus,
    @Doc("Of each model that answered or failed.") @Bounds(max = 1_000) List<Figures> byModel,
    @Doc("Of each step of the period, oldest first.") @Bounds(max = 30) List<Figures> series) {

  /** Tasks by status; those that were not asked for are left out. */
  @Doc(value = "", name = "TaskCounts")
  record ByStatus(
      @Doc("Waiting now.") OptionalLong pending,
      @Doc("Leased now.") OptionalLong running,
      @Doc("Answers.") OptionalLong completed,
      @Doc("Failures and cancellations.") OptionalLong failed) {

    static ByStatus of(Tally tally, Figures sum, Optional<String> status) {
      return new ByStatus(
          wanted("pending", tally.held() + tally.ready(), status),
          wanted("running", tally.leased(), status),
          wanted("completed", sum.completed(), status),
          wanted("failed", sum.failed(), status));
    }

    private static OptionalLong wanted(String word, long count, Optional<String> status) {
      return status.isEmpty() || status.get().equals(word)
          ? OptionalLong.of(count)
          : OptionalLong.empty();
    }
  }

  /** Of some tasks. */
  @Doc(value = "", name = "TaskFigures")
  record Figures(
      @Doc("In byModel: which one; empty where none was named.") Optional<String> model,
      @Doc("In series: where the step begins.") Optional<Instant> t,
      @Doc("Answers.") long completed,
      @Doc("Failures and cancellations.") long failed,
      @Doc("Mean of an answer.") double avgSeconds,
      @Doc("Of 95 in 100 answers.") double p95Seconds,
      @Doc("Read and written.") long tokens,
      @Doc("Dollars, at today's prices; null when no model that answered has one.")
          @Nullable Double cost) {

    Figures ofModel(String name) {
      return new Figures(
          Optional.of(name), t, completed, failed, avgSeconds, p95Seconds, tokens, cost);
    }

    Figures from(Instant start) {
      return new Figures(
          model, Optional.of(start), completed, failed, avgSeconds, p95Seconds, tokens, cost);
    }
  }
}

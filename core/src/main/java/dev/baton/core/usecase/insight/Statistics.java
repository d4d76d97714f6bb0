package dev.baton.core.usecase.insight;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.Transaction;
import dev.baton.core.usecase.task.Transition;
import dev.baton.core.usecase.task.TransitionListener;
import java.time.Duration;
import java.util.Optional;

/** Counts what ends, by minute and model, with what it took. Thread-safe; holds no state. */
public final class Statistics implements TransitionListener {

  @Override
  public void onTransition(Transaction tx, Transition transition) {
    if (!transition.isMove() || !transition.to().isTerminal()) {
      return;
    }
    if (transition.completion().isPresent()) {
      answered(tx, transition, transition.completion().get());
    } else if (!transition.isRemoval()) {
      add(tx, transition, transition.after().terms().model(), Stats.failure());
    }
  }

  private static void answered(Transaction tx, Transition transition, Completion completion) {
    Optional<ModelName> model =
        completion
            .modelAnswer()
            .map(ModelAnswer::model)
            .or(() -> transition.after().terms().model());
    add(tx, transition, model, Stats.answered(took(transition), completion.usage()));
  }

  private static Duration took(Transition transition) {
    // An answer without a lease took no time that anybody knows of.
    return transition.from() == Kind.LEASED
        ? Duration.ofMillis(
            transition.at().toEpochMilli() - transition.after().leaseState().leasedAt())
        : Duration.ZERO;
  }

  private static void add(
      Transaction tx, Transition transition, Optional<ModelName> model, Stats more) {
    tx.stats().add(transition.after().tenant(), Stats.bucketOf(transition.at()), model, more);
  }
}

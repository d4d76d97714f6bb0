package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.fault.Faults;
import java.util.concurrent.CompletableFuture;

/** A call of a model: its outcome, and what ends it early. Thread-safe. */
final class Asked implements ModelClient.Call {
  private final CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
  private volatile Runnable onAbort = () -> {};

  Asked() {}

  /** One that is over. */
  Asked(ModelOutcome known) {
    outcome.complete(known);
  }

  static Refused unknown() {
    return Faults.refused(ModelFault.BAD_REQUEST, "no provider offers this model");
  }

  static Refused aborted() {
    return Faults.refused(ModelFault.ABORTED, "the call was given up");
  }

  /** What else is done when the call is given up; at once, if it was. */
  void onAbort(Runnable end) {
    onAbort = end;
    if (outcome.isDone()) {
      end.run();
    }
  }

  boolean isOver() {
    return outcome.isDone();
  }

  void end(ModelOutcome how) {
    outcome.complete(how);
  }

  @Override
  public CompletableFuture<ModelOutcome> outcome() {
    return outcome;
  }

  @Override
  public void abort() {
    outcome.complete(aborted());
    onAbort.run();
  }
}

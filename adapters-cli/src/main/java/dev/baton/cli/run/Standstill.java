package dev.baton.cli.run;

import dev.baton.core.client.BatchClient.Counts;
import dev.baton.core.client.BatchClient.Details;
import dev.baton.core.client.TaskView.Wait;
import java.util.Optional;

/** Notices when nothing of a batch moves. For one thread. */
public final class Standstill {
  /** So often is looked before it is more than the pause between two tasks. */
  static final int LOOKS = 8;

  private long over = -1;
  private int looks;
  private String told = "";

  /** A sentence for people, once for each reason why nothing moves. */
  public Optional<String> look(Details batch) {
    Optional<Wait> wait = batch.waiting();
    Counts counts = batch.batch().counts();
    if (wait.isEmpty() || counts.leased() > 0 || counts.over() != over) {
      over = counts.over();
      looks = 0;
      told = "";
      return Optional.empty();
    }
    looks++;
    String reason = wait.get().reason();
    if (looks < LOOKS || reason.equals(told)) {
      return Optional.empty();
    }
    told = reason;
    return Optional.of("nothing moves: " + wait.get().sentence());
  }
}

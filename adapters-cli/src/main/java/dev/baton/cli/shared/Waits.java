package dev.baton.cli.shared;

import dev.baton.core.client.TaskView.Wait;
import java.util.Map;

/** Why nobody works on something, as the commands write it for programs. */
public final class Waits {

  private Waits() {}

  public static Map<String, Object> json(Wait wait) {
    return new Jsons.Members()
        .put("reason", wait.reason())
        .put("sentence", wait.sentence())
        .put("ahead", wait.ahead())
        .put("estimateSeconds", wait.estimate().map(time -> time.toMillis() / 1_000.0))
        .putText("until", wait.until())
        .toMap();
  }
}

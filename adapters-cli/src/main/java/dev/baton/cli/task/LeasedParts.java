package dev.baton.cli.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.cli.shared.Jsons;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that a leased task asks, as a program finds it: one object of JSON, or variables. */
public final class LeasedParts {
  /** Bytes of one variable; some systems take no more than 128 KiB of each. */
  private static final int VARIABLE_MAX = 100_000;

  private LeasedParts() {}

  /** One line of JSON, with the members of {@code baton lease --json}. */
  public static String json(Granted task) {
    return Jsons.write(TaskJson.of(task)) + "\n";
  }

  /**
   * The variables of the environment. One whose value is larger than the system may take is left
   * out: the JSON has it.
   */
  public static Map<String, String> variables(Granted task) {
    Parameters asked = task.prompt().parameters();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("BATON_TASK_ID", task.taskId().value());
    variables.put("BATON_LEASE_ID", task.lease().toString());
    variables.put("BATON_ATTEMPT", Integer.toString(task.attempt()));
    variables.put("BATON_META", task.prompt().metadata().json());
    variables.put("BATON_MODEL", task.model().map(ModelName::value).orElse(""));
    variables.put("BATON_MESSAGES", asked.messages().map(Messages::json).orElse(""));
    variables.put("BATON_PARAMS", Jsons.write(TaskJson.params(asked)));
    variables.put("BATON_OPTIONS", asked.options().json());
    variables.values().removeIf(value -> value.getBytes(UTF_8).length > VARIABLE_MAX);
    return variables;
  }
}

package dev.baton.cli.task;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Failures;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Values;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.TaskState;
import java.util.List;
import java.util.function.Function;

/** Moves tasks one by one, so that one that can't be moved keeps no other from it. */
final class Moves {

  private Moves() {}

  static int each(List<TaskId> ids, Function<TaskId, TaskState.Kind> move, Output console) {
    return words(ids, id -> Values.word(move.apply(id)), console);
  }

  /** As {@link #each}, for moves that say in a word what became of a task. */
  static int words(List<TaskId> ids, Function<TaskId, String> move, Output console) {
    if (ids.isEmpty()) {
      throw CommandFailure.usage("name at least one task");
    }
    if (ids.size() == 1) {
      moved(ids.get(0), move.apply(ids.get(0)), console);
      return ExitCodes.OK;
    }
    int refusedCode = ExitCodes.OK;
    int refused = 0;
    for (TaskId id : ids) {
      try {
        moved(id, move.apply(id), console);
      } catch (BatonException e) {
        refused++;
        refusedCode = Failures.exitCode(e.code());
        refused(id, e, console);
      }
    }
    return refused > 0 && refused < ids.size() ? ExitCodes.PARTIAL : refusedCode;
  }

  private static void moved(TaskId id, String state, Output console) {
    if (console.json()) {
      console.print(new Jsons.Members().put("taskId", id.value()).put("status", state).toMap());
    }
    console.say(id + " is " + state);
  }

  private static void refused(TaskId id, BatonException e, Output console) {
    String message =
        e.code() == ErrorCode.TASK_NOT_FOUND
            ? Failures.unknown("task", id.value())
            : String.valueOf(e.getMessage());
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("taskId", id.value())
              .put("error", e.code().name())
              .put("message", message)
              .toMap());
    }
    console.say(message.contains(id.value()) ? message : id + ": " + message);
  }
}

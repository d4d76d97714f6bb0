package dev.baton.cli.run;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One row of the input.
 *
 * @param number counted from 1, bad rows included
 * @param line where it begins in the file, counted from 1
 */
record Row(int number, long line, Optional<Item> item, String problem) {

  /**
   * What a good row asks.
   *
   * @param label the row's own id, kept for the output
   */
  record Item(Prompt prompt, Optional<String> label) {}

  static Row good(int number, long line, Item item) {
    return new Row(number, line, Optional.of(item), "");
  }

  static Row bad(int number, long line, String problem) {
    return new Row(number, line, Optional.empty(), requireNonNull(problem));
  }

  /**
   * The id that this row has in every run of the same name, as long as it says the same: that is
   * what makes a run resumable.
   */
  TaskId taskId(String runName) {
    Prompt prompt = item.orElseThrow().prompt();
    Hasher hasher = Hashing.sha256().newHasher();
    for (String part :
        new String[] {runName, Integer.toString(number), prompt.text(), prompt.metadata().json()}) {
      // The lengths keep two rows apart whose parts run together to the same text.
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    return new TaskId("run-" + hasher.hash().toString().substring(0, 40));
  }
}

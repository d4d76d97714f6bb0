package dev.baton.http.in.runner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.usecase.schedule.DryRun;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a dry run leaves in its file and in the history of its schedule. */
final class RunFilesTest {
  private static final List<Instant> NEXT = List.of(Instant.parse("2026-01-05T00:00:00Z"));

  private static String report(DryRun dryRun) {
    return new RunFiles().report(dryRun);
  }

  @Test
  void report_ofGoodRows_isOneLineOfJson() {
    assertThat(report(new DryRun(2, 0, List.of(), 11, 200, 0, OptionalDouble.of(0.001622), NEXT)))
        .isEqualTo(
            "{\"isDryRun\":true,\"isValid\":true,\"rows\":2,\"invalidRows\":0,"
                + "\"estimatedPromptTokens\":11,\"maxCompletionTokens\":200,"
                + "\"unboundedRows\":0,\"estimatedCost\":0.001622,\"problems\":[],"
                + "\"nextRuns\":[\"2026-01-05T00:00:00.000Z\"]}\n");
  }

  @Test
  void report_ofRowsThatCannotBeUsed_namesThem() {
    List<Problem> problems = List.of(new Problem(3, "no \"prompt\"\n"));

    assertThat(report(new DryRun(4, 1, problems, 0, 0, 3, OptionalDouble.empty(), NEXT)))
        .contains("\"isValid\":false", "\"estimatedCost\":null")
        .contains("\"problems\":[{\"line\":3,\"message\":\"no \\\"prompt\\\"\\n\"}]");
  }
}

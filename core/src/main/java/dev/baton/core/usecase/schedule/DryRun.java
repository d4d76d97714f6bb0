package dev.baton.core.usecase.schedule;

import dev.baton.core.domain.error.InvalidRowsException.Problem;
import dev.baton.core.usecase.batch.ResultLines;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run would ask of models, as far as it can be told without asking.
 *
 * @param rows of the input
 * @param invalid rows that can't be used: with one, no batch is made
 * @param problems the first of them
 * @param promptTokens estimated
 * @param completionTokens at most, of the rows whose answers are bounded
 * @param unbounded rows whose answers have no bound
 * @param cost dollars at most; empty when a model has no price or an answer no bound
 */
public record DryRun(
    long rows,
    long invalid,
    List<Problem> problems,
    long promptTokens,
    long completionTokens,
    long unbounded,
    OptionalDouble cost) {

  public DryRun {
    problems = List.copyOf(problems);
  }

  /** Whether a batch could be made of these rows. */
  public boolean isValid() {
    return rows > 0 && problems.isEmpty();
  }

  /** As a JSON object with a line end. */
  public String json() {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"isDryRun\":true,\"isValid\":").append(isValid());
    json.append(",\"rows\":").append(rows).append(",\"invalidRows\":").append(invalid);
    json.append(",\"estimatedPromptTokens\":").append(promptTokens);
    json.append(",\"maxCompletionTokens\":").append(completionTokens);
    json.append(",\"unboundedRows\":").append(unbounded);
    json.append(",\"estimatedCost\":");
    if (cost.isPresent()) {
      json.append(cost.getAsDouble());
    } else {
      json.append("null");
    }
    json.append(",\"problems\":[");
    for (int i = 0; i < problems.size(); i++) {
      json.append(i == 0 ? "" : ",").append("{\"line\":").append(problems.get(i).line());
      json.append(",\"message\":");
      ResultLines.quote(json, problems.get(i).message());
      json.append('}');
    }
    return json.append("]}\n").toString();
  }
}

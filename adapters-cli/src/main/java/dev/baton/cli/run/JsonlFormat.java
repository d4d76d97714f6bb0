package dev.baton.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Values;
import dev.baton.cli.task.TaskJson;
import dev.baton.core.domain.task.TaskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** One JSON object a line. */
final class JsonlFormat implements LineFormat {

  @Override
  public String head() {
    return "";
  }

  @Override
  public boolean quotes() {
    return false;
  }

  @Override
  public String format(AnswerLine line) {
    Jsons.Members members =
        new Jsons.Members()
            .put("row", line.row())
            .put("id", line.label())
            .put("taskId", line.taskId().value())
            .put("status", Values.word(line.answer().state()));
    TaskJson.putAnswer(members, line.answer());
    return Jsons.write(members.toMap()) + "\n";
  }

  @Override
  public void read(Reader reader, Sink written) throws IOException {
    BufferedReader lines = new BufferedReader(reader);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      written.accept(written(line));
    }
  }

  private static Written written(String line) throws IOException {
    try {
      JsonNode members = Jsons.read(line);
      JsonNode row = members.path("row");
      JsonNode taskId = members.path("taskId");
      if (row.isInt() && row.intValue() > 0 && taskId.isTextual()) {
        boolean answered =
            members.path("status").asText().equals(Values.word(TaskState.Kind.SUCCEEDED));
        return new Written(row.intValue(), taskId.textValue(), answered, line + "\n");
      }
    } catch (JsonProcessingException e) {
      throw new IOException("it holds a line that is no JSON", e);
    }
    throw new IOException("it holds a line without 'row' and 'taskId'");
  }
}

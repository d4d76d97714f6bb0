package dev.baton.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchInput.Row;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns of a CSV are known by which names. */
final class ColumnsTest {

  private static Row first(String csv) {
    try (BatchInput input = FileBatches.disabled().inline(csv, Format.CSV)) {
      return input.rows().next().orElseThrow();
    }
  }

  private static NewTask task(String csv) {
    Row row = first(csv);
    assertThat(row.problem()).isEmpty();
    return row.task().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,prompt,maxTokens,idempotencyKey",
        "ID,Prompt,Max Tokens,Idempotency-Key",
        "Id,PROMPT,max_tokens,IDEMPOTENCY_KEY"
      })
  void knownColumns_areKnownInAnySpelling(String header) {
    NewTask task = task(header + "\na,hello,7,k\n");

    assertThat(task.id()).contains(new TaskId("a"));
    assertThat(task.prompt().text()).isEqualTo("hello");
    assertThat(task.prompt().parameters().maxTokens()).hasValue(7);
    assertThat(task.idempotencyKey().orElseThrow().value()).isEqualTo("k");
    assertThat(task.prompt().metadata().json()).isEqualTo("{}");
  }

  @Test
  void otherColumns_keepTheirSpelling_asMetadata() {
    assertThat(task("prompt,Customer No,status\np,7,new\n").prompt().metadata().json())
        .isEqualTo("{\"Customer No\":\"7\",\"status\":\"new\"}");
  }

  @Test
  void priorityInTheMetadata_countsWhereNoneStandsBesideIt() {
    String urgent = "\"{\"\"priority\"\":\"\"urgent\"\"}\"";
    assertThat(task("prompt,metadata\np," + urgent + "\n").priority()).contains(Priority.URGENT);
    assertThat(task("prompt,priority,metadata\np,low," + urgent + "\n").priority())
        .contains(Priority.LOW);
    assertThat(problem("prompt,metadata\np," + urgent.replace("urgent", "soon") + "\n"))
        .isEqualTo("metadata.priority: Input should be one of: low, normal, high, urgent");
  }

  @Test
  void results_canBeFedInAgain() {
    NewTask task =
        task(
            "ID,Success,Response,Error,Prompt Tokens,Completion Tokens,Total Tokens,Cost,"
                + "Timestamp,Prompt,Model,Temperature,Max Tokens,Status,Metadata,Answered By,"
                + "Finish Reason,Tool Calls,Refusal,Reasoning,Log Probabilities\r\n"
                + "a,true,yes,,1,2,3,0.5,2025-01-01T00:00:00Z,why?,m,0.5,9,completed,"
                + "\"{\"\"customer\"\":7}\",m,stop,[],no,hm,{}\r\n");

    assertThat(task.id()).isEmpty();
    assertThat(task.prompt().text()).isEqualTo("why?");
    assertThat(task.model().orElseThrow().value()).isEqualTo("m");
    assertThat(task.prompt().parameters().temperature()).hasValue(0.5);
    assertThat(task.prompt().metadata().json()).isEqualTo("{\"sourceId\":\"a\",\"customer\":7}");
  }

  @Test
  void headerWithoutAPrompt_isRefusedWithWhatItHas() {
    assertThat(problem("question,answer\na,b\n"))
        .isEqualTo("the header row has no column prompt or messages: question, answer");
    assertThat(problem("prompt;id\na;b\n")).contains("not by semicolons: prompt;id");
    assertThat(problem("prompt\tid\na\tb\n")).contains("not by tabs: prompt id");
  }

  private static String problem(String csv) {
    return first(csv).problem().orElseThrow();
  }

  @Test
  void twoSpellingsOfOneColumn_areRefused() {
    assertThat(problem("prompt,Prompt\na,b\n"))
        .contains("the column prompt has the name of another");
    assertThat(Optional.of(first("prompt,a,A\np,1,2\n").problem())).contains(Optional.empty());
  }
}

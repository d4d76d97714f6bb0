package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.Terms;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.TaskRows.Submission;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks stand in one line per queue and model, and keep how a model is to be asked. */
public abstract class ModelLinesContract extends StoreFixture {
  private static final ModelName A = new ModelName("a");
  private static final ModelName B = new ModelName("b");

  @Test
  void nextReady_models_passesOverWhatIsNotAccepted() {
    insertAll(of("a30", 30, A), of("b10", 10, B), task("n20", terms(QUEUE, 20), ready()));

    assertThat(nextReady(ModelFilter.ANY, 9)).containsExactly("b10", "n20", "a30");
    assertThat(nextReady(ModelFilter.ANY, 2)).containsExactly("b10", "n20");
    assertThat(nextReady(ModelFilter.allBut(Set.of(B)), 9)).containsExactly("n20", "a30");
    assertThat(nextReady(ModelFilter.allBut(Set.of(A, B)), 9)).containsExactly("n20");
    assertThat(nextReady(ModelFilter.only(Set.of(A), false), 9)).containsExactly("a30");
    assertThat(nextReady(ModelFilter.only(Set.of(B), true), 9)).containsExactly("b10", "n20");
    assertThat(nextReady(ModelFilter.only(Set.of(new ModelName("c")), false), 9)).isEmpty();
  }

  @Test
  void nextReady_ofALength_passesOverLongerPromptsAndKeepsTheirPlace() {
    insertAll(
        of("text5", 10, "\u00e9\ud83d\ude00abc", Parameters.NONE),
        of("text6", 20, "abcdef", Parameters.NONE),
        of("long", 30, "x".repeat(100_000), Parameters.NONE),
        of("messages2", 40, "label", asking("[]")),
        of("messages3", 50, "a", asking("[1]")));

    assertThat(nextReady(4)).isEmpty();
    assertThat(nextReady(5)).containsExactly("text5", "messages2");
    assertThat(nextReady(6)).containsExactly("text5", "text6", "messages2", "messages3");
    assertThat(nextReady(99_999)).doesNotContain("long");
    assertThat(nextReady(100_000)).containsExactlyElementsOf(nextReady(ModelFilter.ANY, 9));
    assertThat(nextReady(ModelFilter.ANY, 9).get(2)).isEqualTo("long");
  }

  @Test
  void nextReady_ofALength_fillsUpWithWhatIsShortEnough() {
    insertAll(
        of("long", 10, "x".repeat(51), Parameters.NONE),
        of("short", 20, "x", Parameters.NONE),
        of("other", 30, A));

    assertThat(
            ids(
                reading().tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 2, 50).stream()
                    .map(Submission::row)
                    .toList()))
        .containsExactly("short", "other");
  }

  private List<String> nextReady(int maxCharacters) {
    return ids(
        reading()
            .tasks()
            .nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 9, maxCharacters)
            .stream()
            .map(Submission::row)
            .toList());
  }

  private static Submission of(String id, long rank, String text, Parameters parameters) {
    Submission plain = task(id, terms(QUEUE, rank), ready());
    return new Submission(plain.row(), new Prompt(text, Metadata.EMPTY, parameters));
  }

  private static Parameters asking(String messages) {
    return new Parameters(
        Optional.of(new Messages(messages)),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        Options.NONE,
        false);
  }

  @Test
  void nextReady_modelOfAWorkThatFailed_isFoundWhenItComesAgain() {
    failure(
        store()
            .write(
                Urgency.SUBMIT,
                tx -> {
                  tx.tasks().insert(List.of(of("lost", 10, A)));
                  throw new IllegalStateException("taken back");
                }));
    insert(of("kept", 20, A));

    assertThat(nextReady(ModelFilter.ANY, 9)).containsExactly("kept");
    run(
        tx ->
            assertThat(tx.tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 9))
                .hasSize(1));
  }

  @Test
  void nextReady_modelAmended_standsInItsNewLine() {
    TaskRow row = insert(readyTask("t"));
    Submission other = of("t", 10, A);

    run(tx -> tx.tasks().amend(row.with(other.row().terms()), other.prompt()));

    assertThat(nextReady(ModelFilter.only(Set.of(A), false), 9)).containsExactly("t");
    assertThat(nextReady(ModelFilter.only(Set.of(), true), 9)).isEmpty();
    assertThat(row(row.seq()).terms().model()).contains(A);
  }

  @Test
  void ahead_severalModels_countsOverTheWholeQueue() {
    insertAll(of("a", 10, A), of("b", 20, B));
    TaskRow last = insert(task("n", terms(QUEUE, 30), ready()));

    assertThat(reading().tasks().ahead(last, 9)).isEqualTo(2);
    assertThat(reading().tasks().ahead(last, 1)).isEqualTo(1);
  }

  protected static Stream<Parameters> parameters() {
    return Stream.of(
        Parameters.NONE,
        new Parameters(
            Optional.empty(), OptionalDouble.of(0), OptionalInt.empty(), Options.NONE, false),
        new Parameters(
            Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Options.NONE, true),
        new Parameters(
            Optional.of(new Messages("[{\"role\":\"user\" , \"content\":\"é\"}]")),
            OptionalDouble.of(0.7),
            OptionalInt.of(1_000),
            new Options("{\"top_p\" : 1}"),
            true));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void prompt_parameters_comeBackAsTheyWere(Parameters parameters) {
    Prompt prompt = new Prompt("p", new Metadata("{\"k\":1}"), parameters);
    TaskRow row = insert(new Submission(of("t", 10, A).row(), prompt));
    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(prompt);

    List<Submission> found =
        reading().tasks().nextReady(TENANT, List.of(QUEUE), ModelFilter.ANY, 9);
    assertThat(found).extracting(Submission::prompt).containsExactly(prompt);

    run(tx -> tx.tasks().amend(row, Prompt.of("plain")));
    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(Prompt.of("plain"));
    run(tx -> tx.tasks().amend(row, prompt));
    assertThat(reading().tasks().prompt(row.seq())).isEqualTo(prompt);
  }

  private List<String> nextReady(ModelFilter models, int max) {
    return ids(
        reading().tasks().nextReady(TENANT, List.of(QUEUE), models, max).stream()
            .map(Submission::row)
            .toList());
  }

  private static Submission of(String id, long rank, ModelName model) {
    Terms terms = terms(QUEUE, rank);
    return task(id, terms.withModel(Optional.of(model)), ready());
  }
}

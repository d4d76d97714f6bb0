package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.http.in.runner.shared.RunnerSettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows 83 to 85 where models are configured: what names one is held against the list. */
final class ModelBoundsTest {
  private static final ModelSpec SMALL = model("small", OptionalInt.of(100));
  private static final ModelSpec LARGE = model("large", OptionalInt.empty());

  private final Runner runner =
      new Runner(
          RunnerSettings.DEFAULT,
          core -> core.models(new FakeModelClient(SMALL, LARGE)).withoutExecutor());

  private static ModelSpec model(String name, OptionalInt maxTokens) {
    return new ModelSpec(
        new ModelName(name),
        "fake",
        1,
        maxTokens,
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @BeforeEach
  void make() {
    runner.files.texts.put("in.csv", "p\n");
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\",\"model\":\"large\",\"maxTokens\":1000}");
    runner.post("/tasks", "{\"id\":\"s\",\"prompt\":\"p\",\"model\":\"small\"}");
  }

  @AfterEach
  void close() {
    runner.close();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/tasks|{'prompt':'p','model':'gpt-9'}|MODEL_NOT_SUPPORTED|/model",
        "POST|/tasks|{'prompt':'p','model':''}|MODEL_NOT_SUPPORTED|/model",
        "POST|/tasks|{'prompt':'p','model':'small','maxTokens':101}|VALIDATION_ERROR|/maxTokens",
        "POST|/tasks|{'prompt':'p','maxTokens':101}|VALIDATION_ERROR|/maxTokens",
        "PATCH|/tasks/t|{'model':'gpt-9'}|MODEL_NOT_SUPPORTED|/model",
        "PATCH|/tasks/t|{'model':'small','maxTokens':101}|VALIDATION_ERROR|/maxTokens",
        "PATCH|/tasks/t|{'model':'small'}|VALIDATION_ERROR|/maxTokens",
        "PATCH|/tasks/s|{'maxTokens':101}|VALIDATION_ERROR|/maxTokens",
        "POST|/batches|{'tasks':[{'prompt':'p','model':'gpt-9'}]}|MODEL_NOT_SUPPORTED|/tasks/0/model",
        "POST|/batches|{'tasks':[{'prompt':'p'},{'prompt':'p','model':'small','maxTokens':101}]}"
            + "|VALIDATION_ERROR|/tasks/1/maxTokens",
        "POST|/batches|{'tasks':[{'prompt':'p'}],'config':{'model':'gpt-9'}}|MODEL_NOT_SUPPORTED|/config/model",
        "POST|/batches|{'tasks':[{'prompt':'p'}],'config':{'model':'small','maxTokens':101}}"
            + "|VALIDATION_ERROR|/config/maxTokens",
        "POST|/batches|{'tasks':[{'prompt':'p','maxTokens':101}],'config':{'model':'small'}}"
            + "|VALIDATION_ERROR|/tasks/0/maxTokens",
        "POST|/batches|{'tasks':[{'prompt':'p','model':'small'}],'config':{'maxTokens':101}}"
            + "|VALIDATION_ERROR|/tasks/0/model",
        "POST|/scheduled-tasks|{'name':'n','schedule':'@daily','inputFile':'in.csv',"
            + "'config':{'model':'gpt-9'}}|MODEL_NOT_SUPPORTED|/config/model",
        "POST|/scheduled-tasks|{'name':'n','schedule':'@daily','inputFile':'in.csv',"
            + "'config':{'model':'small','maxTokens':101}}|VALIDATION_ERROR|/config/maxTokens",
      })
  void modelThatIsNotOffered_orAnswerBeyondItsBound_83_84(
      String method, String path, String ticked, String code, String pointer) {
    Map<String, Object> stored = runner.stored();

    Answer refused = runner.answer(runner.request(method, path).json(ticked.replace('\'', '"')));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(runner.stored()).isEqualTo(stored);
  }

  @Test
  void answerWithinItsBound_orOfAModelWithoutOne_isTaken() {
    for (String members : List.of("'small','maxTokens':100", "'large','maxTokens':1000000")) {
      String json = "{'prompt':'p','model':%s}".formatted(members).replace('\'', '"');
      assertThat(runner.post("/tasks", json).status()).isEqualTo(201);
    }
    String large = "{'config':{'model':'large'},'tasks':[{'prompt':'p','maxTokens':101}]}";
    assertThat(runner.post("/batches", large.replace('\'', '"')).status()).isEqualTo(201);
    assertThat(runner.patch("/tasks/t", "{\"maxTokens\":2000}").status()).isEqualTo(200);
  }
}

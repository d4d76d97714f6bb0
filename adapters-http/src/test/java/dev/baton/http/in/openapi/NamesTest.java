package dev.baton.http.in.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.Runner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name may be made of is told where it is given, and what is told is what is checked. */
final class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/components/schemas/BridgeNewPrompt/properties/taskId",
        "/components/schemas/BridgeNewPrompt/properties/queue",
        "/components/schemas/NewTask/properties/id",
        "/components/schemas/NewBatchTask/properties/queue",
        "/components/schemas/NewBatch/properties/id",
        "/components/schemas/BatchConfig/properties/queue",
        "/components/parameters/TaskId/schema",
        "/paths/~1listTasks/get/parameters/1/schema",
      })
  void name_hasItsPatternAndItsLength(String place) {
    try (Runner runner = new Runner()) {
      BridgeDialect bridge = new BridgeDialect(runner.baton, BridgeSettings.DEFAULT);
      JsonNode document =
          Json.mapper()
              .valueToTree(
                  new DocsDialect(
                          List.of(bridge, runner.dialect()), new ApiInfo("test", Optional.empty()))
                      .document(OpenApiVersion.V3_0));

      JsonNode name = document.at(place);

      assertThat("aZ0._:-").matches(name.path("pattern").asText());
      assertThat("a b").doesNotMatch(name.path("pattern").asText());
      assertThat(name.path("minLength").asInt()).isEqualTo(1);
      assertThat(name.path("maxLength").asInt()).isPositive();
    }
  }
}

package dev.baton.http.out.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.http.out.upstream.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table says of every documented shape what the document says. */
final class FaultTableTest {

  static Stream<FaultShape> shapes() throws IOException {
    return FaultShape.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void caseAndPunctuation_doNotMatter(FaultShape shape) {
    ErrorText other =
        ErrorText.of(
            Json.container(shape.body()).map(Json::text).map(FaultTableTest::shouted).orElse(""));

    if (Json.container(shape.body()).isPresent()) {
      assertThat(FaultTable.fault(shape.classed(), other)).isEqualTo(shape.fault());
    }
  }

  private static String shouted(String body) {
    return Json.text(shouted(Json.trusted(body)));
  }

  private static JsonNode shouted(JsonNode node) {
    if (node.isTextual()) {
      String loud = node.textValue().toUpperCase(Locale.ROOT);
      return TextNode.valueOf(loud.replace(" ", " - ").replace("_", ". ") + "!");
    }
    if (node.isObject()) {
      JsonNode copy = Json.newObject();
      node.properties()
          .forEach(member -> ((ObjectNode) copy).set(member.getKey(), shouted(member.getValue())));
      return copy;
    }
    if (node.isArray()) {
      var copy = Json.MAPPER.createArrayNode();
      node.forEach(item -> copy.add(shouted(item)));
      return copy;
    }
    return node;
  }

  @Test
  void everyRule_isNeededByAShape() throws IOException {
    TreeSet<Integer> needed = new TreeSet<>();
    FaultShape.all().forEach(shape -> needed.add(FaultTable.row(shape.classed(), shape.said())));

    assertThat(needed)
        .containsExactlyElementsOf(IntStream.range(0, FaultTable.size()).boxed().toList());
  }

  @Test
  void whatTheCallerSent_isNotTakenForTheProvidersWords() {
    String echo =
        "{\"detail\":[{\"type\":\"missing\",\"msg\":\"Field required\","
            + "\"input\":\"my account is suspended, insufficient credits, context length\"}]}";

    assertThat(FaultTable.fault(422, ErrorText.of(echo))).isEqualTo(ModelFault.BAD_REQUEST);
  }
}

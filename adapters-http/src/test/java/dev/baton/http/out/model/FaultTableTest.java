package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.base.Splitter;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.model.fault.ErrorText;
import dev.baton.http.out.model.fault.FaultTable;
import dev.baton.http.out.upstream.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape of the documented table is sent by a server, and taken for what the table says. */
final class FaultTableTest {
  private static final Path PAGE = Path.of("../docs/operating/provider-faults.md");
  private static final int OK = 200;

  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  /** A row of the page. */
  private record Shape(String vendor, int status, String body, ModelFault fault, String source) {
    ErrorText said() {
      return ErrorText.of(body);
    }

    /** The status by which it is classed. */
    int classed() {
      return status == OK ? said().status().orElse(FaultTable.NO_STATUS) : status;
    }
  }

  static Stream<Shape> shapes() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> Splitter.on(" | ").splitToList(line.substring(2, line.length() - 2)))
        .map(
            cells ->
                new Shape(
                    cells.get(0),
                    Integer.parseInt(cells.get(1)),
                    cells.get(2).substring(1, cells.get(2).length() - 1),
                    ModelFault.valueOf(cells.get(3)),
                    cells.get(4)));
  }

  private FakeProvider opened(FakeProvider provider) {
    providers.add(provider);
    return provider;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shape_isTakenForItsClass(Shape shape) throws Exception {
    assertThat(shape.source()).isNotBlank();
    Refused refused =
        opened(FakeProvider.answering(Kind.OPENAI, shape.status(), shape.body()))
            .refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(shape.fault());
    assertThat(refused.message()).matches("the provider answered [0-9a-zA-Z_: -]{2,70}");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shapeOfAStream_isTakenForItsClass(Shape shape) throws Exception {
    if (shape.status() == OK) {
      String events =
          FakeProvider.events("{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}", shape.body());

      assertThat(
              opened(FakeProvider.streaming(Kind.OPENAI, events))
                  .refused(Requests.streamed("hi"))
                  .fault())
          .isEqualTo(shape.fault());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void caseAndPunctuation_doNotMatter(Shape shape) {
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
    shapes().forEach(shape -> needed.add(FaultTable.row(shape.classed(), shape.said())));

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

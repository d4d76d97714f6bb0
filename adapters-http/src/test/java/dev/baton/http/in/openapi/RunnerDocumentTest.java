package dev.baton.http.in.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.api.Component;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.Runner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document of a whole dialect: named parts, and nothing that its version does not know. */
final class RunnerDocumentTest {
  private static final int BYTES_MAX = 150_000;

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private JsonNode document(OpenApiVersion version) {
    Dialect dialect = runner.dialect();
    DocsDialect docs = new DocsDialect(List.of(dialect), new ApiInfo("1", Optional.empty()));
    return Json.mapper().valueToTree(docs.document(version, Optional.of(dialect.name())));
  }

  @Test
  void references_leadToWhatIsThere() {
    for (OpenApiVersion version : OpenApiVersion.values()) {
      JsonNode document = document(version);

      List<JsonNode> references = document.findValues("$ref");

      assertThat(references).isNotEmpty();
      assertThat(references)
          .allSatisfy(
              reference ->
                  assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                      .as(reference.asText())
                      .isFalse());
    }
  }

  @Test
  void document_saysEachThingOnce() {
    JsonNode document = document(OpenApiVersion.V3_1);

    assertThat(Json.encode(document)).hasSizeLessThan(BYTES_MAX);
    assertThat(document.at("/components/schemas").has("Task")).isTrue();
    assertThat(document.at("/components/responses").has("ValidationError")).isTrue();
    assertThat(document.at("/components/parameters").has("IdempotencyKey")).isTrue();
  }

  @Test
  void membersOfOneSchema_areDifferentNamesInEveryLanguage() {
    for (JsonNode schema : document(OpenApiVersion.V3_1).at("/components/schemas")) {
      Set<String> names = new HashSet<>();
      schema
          .path("properties")
          .fieldNames()
          .forEachRemaining(
              name ->
                  assertThat(names.add(name.replace("_", "").toLowerCase(Locale.ROOT)))
                      .as(name + " in " + schema)
                      .isTrue());
    }
  }

  /** Generated clients read an integer of no format into 32 bits. */
  @Test
  void countsOfTokens_areOf64Bits() {
    JsonNode usage = document(OpenApiVersion.V3_0).at("/components/schemas/TokenUsage/properties");

    assertThat(usage).isNotEmpty();
    assertThat(usage)
        .allSatisfy(count -> assertThat(count.path("format").asText()).isEqualTo("int64"));
  }

  /** OpenAPI Generator makes no class of what only forms refer to, and imports it all the same. */
  @Test
  void form_offersAFile_andIsReferredToFromOutsideOfForms() {
    for (OpenApiVersion version : OpenApiVersion.values()) {
      JsonNode document = document(version);
      JsonNode content =
          document.at("/paths/~1api~1v1~1batches/post/requestBody/content/multipart~1form-data");
      String form = content.at("/schema/$ref").asText();

      JsonNode parts = document.at(form.substring(1)).path("properties");

      assertThat(parts.at("/file/format").asText()).isEqualTo("binary");
      assertThat(parts.properties())
          .extracting(Map.Entry::getKey)
          .containsExactly("file", "id", "name", "description", "config");
      assertThat(document.at("/components/schemas/NewBatch/not/$ref").asText()).isEqualTo(form);
    }
  }

  /** What generated clients send where nothing is said: null, which is taken for nothing. */
  @Test
  void listsAndMapsThatARequestMayLeaveOut_mayBeNull() {
    JsonNode schemas = document(OpenApiVersion.V3_1).at("/components/schemas");

    for (String at :
        List.of(
            "/NewTask/properties/messages",
            "/NewTask/properties/options",
            "/NewTask/properties/metadata",
            "/NewBatchTask/properties/messages",
            "/NewBatch/properties/tasks",
            "/TaskEdit/properties/messages",
            "/WebhookEdit/properties/events")) {
      assertThat(schemas.at(at + "/type").toString()).as(at).endsWith(",\"null\"]");
    }
    assertThat(schemas.at("/NewWebhook/properties/events/type").asText()).isEqualTo("array");
    assertThat(schemas.at("/Task/properties/messages/type").asText()).isEqualTo("array");
    assertThat(
            runner
                .post(
                    "/tasks",
                    "{\"prompt\":\"p\",\"messages\":null,\"options\":null,\"metadata\":null}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void descriptions_sayWhatTheirStatusMeans() {
    JsonNode document = document(OpenApiVersion.V3_1);

    for (JsonNode path : document.path("paths")) {
      for (Map.Entry<String, JsonNode> operation : path.properties()) {
        for (Map.Entry<String, JsonNode> response :
            operation.getValue().path("responses").properties()) {
          String what = operation.getValue().path("operationId").asText() + response.getKey();
          JsonNode said = response.getValue();
          String text =
              (said.has("$ref") ? document.at(said.get("$ref").asText().substring(1)) : said)
                  .path("description")
                  .asText();
          assertThat(text).as(what).endsWith(".").hasSizeGreaterThan(5);
          assertThat(text.toLowerCase(Locale.ROOT).contains("created"))
              .as(what + text)
              .isEqualTo(response.getKey().equals("201"));
          if (text.equals("Found.")) {
            assertThat(operation.getKey()).as(what).isEqualTo("get");
          }
        }
      }
    }
  }

  /** Clients generated for Java can't read what may be of one schema or another. */
  @Test
  void replies_areOfOneSchema() {
    assertThat(document(OpenApiVersion.V3_0).findValues("oneOf")).isEmpty();
    assertThat(document(OpenApiVersion.V3_1).findValues("oneOf"))
        .allSatisfy(choice -> assertThat(choice.toString()).endsWith("{\"type\":\"null\"}]"));
  }

  @Test
  void pageOfAnotherOrigin_isRefusedAsDescribed() {
    JsonNode paths = document(OpenApiVersion.V3_1).path("paths");

    assertThat(paths.at("/~1api~1v1~1tasks/post/responses/403/$ref").asText())
        .isEqualTo("#/components/responses/OriginNotAllowed");
    assertThat(paths.at("/~1api~1v1~1batches/post/responses/403/description").asText())
        .contains("PATH_NOT_ALLOWED", "ORIGIN_NOT_ALLOWED");
    assertThat(paths.at("/~1api~1v1~1tasks/get/responses").has("403")).isFalse();
  }

  @Test
  void version3_0_hasItsOwnWordsForNull_andNothingBesideAReference() {
    List<String> faults = new ArrayList<>();

    check(document(OpenApiVersion.V3_0), "", faults);

    assertThat(faults).isEmpty();
  }

  private static void check(JsonNode node, String at, List<String> faults) {
    if (node.path("$ref").isTextual() && node.size() > 1) {
      faults.add(at + " says more than its reference");
    }
    if (node.path("type").isArray() || node.path("type").asText().equals("null")) {
      faults.add(at + " is of several types");
    }
    if (node.path("nullable").asBoolean() && !node.has("type")) {
      faults.add(at + " may be null and has no type");
    }
    node.properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("example")) {
                check(member.getValue(), at + "/" + member.getKey(), faults);
              }
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      check(node.get(i), at + "/" + i, faults);
    }
  }

  @Test
  void everyRoute_saysWhatItNeeds_andWhatItIsRepeatedBy() {
    for (Route route : runner.dialect().routes()) {
      assertThat(route.permission().isOpen()).as(route.pattern()).isFalse();
      assertThat(route.repeat().isKeyed())
          .as(route.pattern())
          .isEqualTo(route.method().equals("POST"));
    }
  }

  @Test
  void twoThingsOfOneName_areABug() {
    Component one = new Component("Thing", "one", () -> Map.of("type", "string"));
    Component other = new Component("Thing", "other", () -> Map.of("type", "object"));
    DocumentComponents components = new DocumentComponents();
    Object unused = components.resolved(one.ref());

    assertThatThrownBy(() -> components.resolved(other.ref()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Thing");
  }
}

package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.Resources;
import dev.baton.core.usecase.task.Counters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every example of the document that this dialect continues, as it is printed there. */
final class SeedExamplesTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String SHA_256 = "[0-9a-f]{64}";

  private final Bridge bridge = new Bridge();

  @AfterEach
  void close() {
    bridge.close();
  }

  @Test
  void putPromptExample_isAnsweredUnderTheIdAndKeyGiven() {
    Answer answer = bridge.post("/putPrompt", golden("putPrompt.request.json"));

    assertThat(answer.status()).isEqualTo(200);
    assertSameMembers(answer.json(), "putPrompt.response.json");
    assertThat(answer.text("taskId")).isEqualTo("optional-client-id");
    assertThat(answer.text("dedupeKey")).isEqualTo("optional-string");
  }

  @Test
  void putPromptExampleWithoutOptions_isAnsweredWithAUuidAndASha256() {
    Answer answer = bridge.post("/putPrompt", withoutOptions());

    assertSameMembers(answer.json(), "putPrompt.response.json");
    assertThat(answer.text("taskId")).matches(UUID);
    assertThat(answer.text("dedupeKey")).matches(SHA_256);
  }

  @Test
  void getPromptExample_givesWhatWasPut() {
    bridge.post("/putPrompt", withoutOptions());

    Answer answer = bridge.get("/getPrompt?leaseSeconds=120");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode expected = Answer.parse(golden("getPrompt.response.json"));
    assertSameMembers(answer.json(), "getPrompt.response.json");
    assertThat(answer.json().path("prompt")).isEqualTo(expected.path("prompt"));
    assertThat(answer.json().path("meta")).isEqualTo(expected.path("meta"));
    assertThat(answer.text("taskId")).matches(UUID);
    assertThat(answer.text("dedupeKey")).matches(SHA_256);
    assertThat(bridge.get("/getPrompt?leaseSeconds=120").status()).isEqualTo(204);
  }

  @Test
  void postResponseExample_isTakenOnceAndRepeatedAlike() {
    bridge.put("uuid");
    String expected = Answer.parse(golden("postResponse.response.json")).toString();

    Answer first = bridge.post("/postResponse", golden("postResponse.request.json"));
    Answer again = bridge.post("/postResponse", golden("postResponse.request.json"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo(expected);
    assertThat(again.body()).isEqualTo(expected);
    assertThat(again.isReplay()).isTrue();
    assertThat(bridge.get("/getResponse?taskId=uuid").text("traceId")).isEqualTo("trace-123");
  }

  @Test
  void exampleFlow_runsAsPrinted() {
    List<CurlLine> flow = CurlLine.all(golden("flow.sh"));
    assertThat(flow).hasSize(3);

    Answer put = bridge.answer(flow.get(0).request());
    Answer got = bridge.answer(flow.get(1).request());
    CurlLine post = flow.get(2).withBody("<from getPrompt>", got.text("taskId"));
    Answer posted = bridge.answer(post.request());

    assertThat(put.status()).isEqualTo(200);
    assertThat(got.text("taskId")).isEqualTo(put.text("taskId"));
    assertThat(got.text("prompt"))
        .isEqualTo("Summarize: The sky is blue due to Rayleigh scattering.");
    assertThat(got.json().path("meta").toString()).isEqualTo("{}");
    assertThat(got.header("X-Lease-Expires-At")).contains("2025-01-15T10:31:00.000Z");
    assertThat(posted.body()).isEqualTo("{\"ok\":true,\"version\":\"v1\"}");
    assertThat(bridge.get("/getResponse?taskId=" + got.text("taskId")).text("content"))
        .isEqualTo("Short summary here");
  }

  @Test
  void exampleFlowTwice_isCountedOncePerPiece() {
    String put = golden("putPrompt.request.json");
    bridge.post("/putPrompt", put);
    bridge.post("/putPrompt", put);
    bridge.get("/getPrompt?leaseSeconds=60");
    bridge.get("/getPrompt?leaseSeconds=60");
    bridge.advance(Duration.ofMinutes(1));
    String answer = "{\"taskId\":\"optional-client-id\",\"content\":\"a\"}";
    bridge.post("/postResponse", answer);
    bridge.post("/postResponse", answer);

    assertThat(bridge.baton.insight().counters()).isEqualTo(new Counters.Snapshot(1, 1, 1, 0, 1));
  }

  @Test
  void exampleFlowWithItsPlaceholder_isAnUnknownTask() {
    CurlLine post = CurlLine.all(golden("flow.sh")).get(2);

    assertThat(bridge.answer(post.request()).body()).isEqualTo("{\"detail\":\"Unknown taskId\"}");
  }

  /** The printed request, of which its document says that these two may be left out. */
  private static String withoutOptions() {
    JsonNode request = Answer.parse(golden("putPrompt.request.json"));
    ((ObjectNode) request).remove(List.of("dedupeKey", "taskId"));
    return request.toString();
  }

  private static void assertSameMembers(JsonNode actual, String golden) {
    assertThat(actual.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> Answer.parse(golden(golden)).fieldNames());
  }

  private static String golden(String name) {
    try {
      return Resources.toString(
          Resources.getResource(SeedExamplesTest.class, "/seeds/bridge/" + name), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}

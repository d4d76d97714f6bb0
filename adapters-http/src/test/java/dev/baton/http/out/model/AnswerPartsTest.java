package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers hold beside text: it was paid for, and is neither lost nor asked for again. */
final class AnswerPartsTest {

  private static Completion whole(Kind kind, String answer) throws Exception {
    try (FakeProvider provider = FakeProvider.answering(kind, 200, answer)) {
      return provider.answered(Requests.plain("hi")).completion();
    }
  }

  private static Completion streamed(Kind kind, String... events) throws Exception {
    try (FakeProvider provider = FakeProvider.streaming(kind, FakeProvider.events(events))) {
      return provider.answered(Requests.streamed("hi")).completion();
    }
  }

  private static Completion message(String message) throws Exception {
    return whole(
        Kind.OPENAI,
        "{\"choices\":[{\"message\":%s,\"finish_reason\":\"stop\"}]}".formatted(message));
  }

  private static JsonNode extras(Completion completion) {
    return json(completion.modelAnswer().flatMap(ModelAnswer::extras));
  }

  private static JsonNode calls(Completion completion) {
    return json(completion.modelAnswer().flatMap(ModelAnswer::toolCalls));
  }

  private static JsonNode json(Optional<String> text) {
    return Json.trusted(text.orElse("{}"));
  }

  @Test
  void sound_isAnAnswer_andItsTranscriptTheText() throws Exception {
    Completion whole =
        message(
            "{\"content\":null,\"audio\":{\"id\":\"a\",\"data\":\"QUJD\",\"transcript\":\"So.\"}}");
    Completion pieces =
        streamed(
            Kind.OPENAI,
            "{\"choices\":[{\"delta\":{\"audio\":{\"id\":\"a\",\"transcript\":\"S\"}}}]}",
            "{\"choices\":[{\"delta\":{\"audio\":{\"data\":\"QU\",\"transcript\":\"o.\"}}}]}",
            "{\"choices\":[{\"delta\":{\"audio\":{\"id\":\"a\",\"data\":\"JD\"}},"
                + "\"finish_reason\":\"stop\"}]}",
            "[DONE]");

    for (Completion completion : List.of(whole, pieces)) {
      assertThat(completion.content()).isEqualTo("So.");
      assertThat(extras(completion).path("audio"))
          .isEqualTo(Json.trusted("{\"id\":\"a\",\"data\":\"QUJD\",\"transcript\":\"So.\"}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}}]",
        "\"audio\":{\"id\":\"a\",\"data\":\"QUJD\"}"
      })
  void pictureOrSoundWithoutAWord_isAnAnswer(String member) throws Exception {
    Completion completion = message("{\"content\":\"\"," + member + "}");

    assertThat(completion.content()).isEmpty();
    assertThat(extras(completion)).isEqualTo(Json.trusted("{" + member + "}"));
  }

  @Test
  void partThatIsNotText_isKept() throws Exception {
    String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b\"}}";
    Completion completion =
        message("{\"content\":[{\"type\":\"text\",\"text\":\"a\"}," + picture + "]}");

    assertThat(completion.content()).isEqualTo("a");
    assertThat(extras(completion).path("content")).isEqualTo(Json.trusted("[" + picture + "]"));
  }

  @Test
  void sources_areKept_wholeAndInPieces() throws Exception {
    String one = "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\"}}";
    String two = "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://b.example\"}}";
    Completion whole =
        whole(
            Kind.OPENAI,
            "{\"citations\":[\"https://c.example\"],\"choices\":[{\"message\":{\"content\":\"a\","
                + "\"annotations\":["
                + one
                + ","
                + two
                + "]},\"finish_reason\":\"stop\"}]}");
    Completion pieces =
        streamed(
            Kind.OPENAI,
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"annotations\":[" + one + "]}}]}",
            "{\"citations\":[\"https://c.example\"],\"choices\":[{\"delta\":{\"annotations\":["
                + two
                + "]},\"finish_reason\":\"stop\"}]}");

    for (Completion completion : List.of(whole, pieces)) {
      assertThat(extras(completion))
          .isEqualTo(
              Json.trusted(
                  "{\"annotations\":["
                      + one
                      + ","
                      + two
                      + "],\"citations\":[\"https://c.example\"]}"));
    }
  }

  @Test
  void thoughtsInDetail_goOnWithinTheirIndex() throws Exception {
    Completion completion =
        streamed(
            Kind.OPENAI,
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"reasoning_details\":"
                + "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"H\"}]}}]}",
            "{\"choices\":[{\"delta\":{\"reasoning_details\":"
                + "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"m\",\"signature\":\"s\"}]},"
                + "\"finish_reason\":\"stop\"}]}");

    assertThat(extras(completion).path("reasoning_details"))
        .isEqualTo(
            Json.trusted(
                "[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"Hm\",\"signature\":\"s\"}]"));
  }

  @Test
  void messageWithoutMore_hasNoExtras() throws Exception {
    Completion completion =
        message(
            "{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null,\"annotations\":[],"
                + "\"audio\":null,\"tool_calls\":[],\"function_call\":null}");

    assertThat(completion.modelAnswer().flatMap(ModelAnswer::extras)).isEmpty();
  }

  @Test
  void callOfACustomTool_isKept_wholeAndInPieces() throws Exception {
    Completion whole =
        message(
            "{\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"sql\",\"input\":\"select 1\"}}]}");
    Completion pieces =
        streamed(
            Kind.OPENAI,
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"sql\",\"input\":\"select\"}}]}}]}",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,"
                + "\"custom\":{\"input\":\" 1\"}}]},\"finish_reason\":\"tool_calls\"}]}");

    for (Completion completion : List.of(whole, pieces)) {
      assertThat(calls(completion))
          .isEqualTo(
              Json.trusted(
                  "[{\"id\":\"c\",\"type\":\"custom\","
                      + "\"custom\":{\"name\":\"sql\",\"input\":\"select 1\"}}]"));
    }
  }

  @Test
  void whatAProviderAddsToACall_isKept() throws Exception {
    String call =
        "[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}}}]";

    assertThat(calls(message("{\"content\":null,\"tool_calls\":" + call + "}")))
        .isEqualTo(Json.trusted(call));
  }

  private static final String SEARCH =
      "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"query\":\"q\"}}";
  private static final String SIGNED =
      "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"sig\"}";
  private static final String CITED =
      "{\"type\":\"web_search_result_location\",\"url\":\"https://a.example\"}";

  @Test
  void blocksOfAnthropics_areKept_wholeAndInPieces() throws Exception {
    Completion whole =
        whole(
            Kind.ANTHROPIC,
            "{\"content\":[%s,%s,{\"type\":\"text\",\"text\":\"So.\",\"citations\":[%s]}],"
                    .formatted(SIGNED, SEARCH, CITED)
                + "\"stop_reason\":\"end_turn\"}");
    Completion pieces =
        streamed(
            Kind.ANTHROPIC,
            begin(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
            delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}"),
            delta(0, "{\"type\":\"signature_delta\",\"signature\":\"sig\"}"),
            begin(1, SEARCH.replace("{\"query\":\"q\"}", "{}")),
            delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":\"}"),
            delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"q\\\"}\"}"),
            begin(2, "{\"type\":\"text\",\"text\":\"\"}"),
            delta(2, "{\"type\":\"text_delta\",\"text\":\"So.\"}"),
            delta(2, "{\"type\":\"citations_delta\",\"citation\":" + CITED + "}"),
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
            "{\"type\":\"message_stop\"}");

    for (Completion completion : List.of(whole, pieces)) {
      assertThat(completion.content()).isEqualTo("So.");
      assertThat(completion.modelAnswer().flatMap(ModelAnswer::reasoning)).hasValue("Hm.");
      assertThat(extras(completion))
          .isEqualTo(
              Json.trusted(
                  "{\"thinking_blocks\":[%s],\"content\":[%s],\"citations\":[%s]}"
                      .formatted(SIGNED, SEARCH, CITED)));
    }
  }

  private static String begin(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
        .formatted(index, block);
  }

  private static String delta(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"choices":[{"message":{"content":"half"},"finish_reason":"stop","native_finish_reason":"error"}]}   | UPSTREAM_INVALID
          {"choices":[{"message":{"content":"half"},"finish_reason":"stop","native_finish_reason":"SAFETY"}]}  | CONTENT_FILTERED
          {"status":"incomplete","choices":[{"message":{"content":"half"},"finish_reason":"stop"}]}            | UPSTREAM_INVALID
          {"status":"failed","choices":[{"message":{"content":"half"},"finish_reason":"stop"}]}                | UPSTREAM_INVALID
          """)
  void answerThatIsCalledUnfinishedElsewhere_isNone(String answer, ModelFault fault)
      throws Exception {
    try (FakeProvider whole = FakeProvider.answering(Kind.OPENAI, 200, answer);
        FakeProvider pieces =
            FakeProvider.streaming(
                Kind.OPENAI, FakeProvider.events(answer.replace("message", "delta"), "[DONE]"))) {
      assertThat(whole.refused(Requests.plain("hi")).fault()).isEqualTo(fault);
      assertThat(pieces.refused(Requests.streamed("hi")).fault()).isEqualTo(fault);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "end_turn", "completed", "eos", "its_own_word"})
  void nativeWordThatIsNotKnownForIll_doesNotMatter(String word) throws Exception {
    Completion completion =
        whole(
            Kind.OPENAI,
            ("{\"status\":\"completed\",\"choices\":[{\"message\":{\"content\":\"all\"},"
                    + "\"finish_reason\":\"stop\",\"native_finish_reason\":\"%s\"}]}")
                .formatted(word));

    assertThat(completion.content()).isEqualTo("all");
  }
}

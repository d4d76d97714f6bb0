package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelClientContract;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderClientAnthropicTest extends ModelClientContract {
  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  private FakeProvider opened(FakeProvider provider) {
    providers.add(provider);
    return provider;
  }

  private ModelClient contractClient(ScriptedServer server) {
    return opened(FakeProvider.of(Kind.ANTHROPIC, server, List.of("k"), MODEL, same -> same))
        .client();
  }

  @Override
  protected ModelClient createClient() throws IOException {
    return contractClient(AnthropicServer.repeating());
  }

  @Override
  protected ModelClient createSilentClient() throws IOException {
    return contractClient(OpenAiServer.silent());
  }

  private FakeProvider repeating() throws IOException {
    return opened(
        FakeProvider.of(Kind.ANTHROPIC, AnthropicServer.repeating(), List.of("key-secret")));
  }

  private FakeProvider streaming(String... data) throws IOException {
    return opened(FakeProvider.streaming(Kind.ANTHROPIC, FakeProvider.events(data)));
  }

  private FakeProvider answering(int status, String body) throws IOException {
    return opened(FakeProvider.answering(Kind.ANTHROPIC, status, body));
  }

  @Test
  void request_isTheProtocols() throws Exception {
    FakeProvider provider = repeating();

    Completion completion = provider.answered(Requests.plain("hi")).completion();

    assertThat(provider.requests().get(0))
        .startsWith("POST /v1/messages HTTP/1.1\r\n")
        .contains("x-api-key: key-secret\r\n", "anthropic-version: 2023-06-01\r\n")
        .doesNotContain("Authorization");
    assertThat(provider.asked())
        .isEqualTo(
            Json.trusted(
                """
                {"model":"m-1","max_tokens":4096,"stream":false,
                 "messages":[{"role":"user","content":"hi"}]}"""));
    assertThat(completion.usage()).hasValue(new Usage(3, 1, 4));
    assertThat(completion.traceId()).hasValue("msg_1");
  }

  @Test
  void turnsToolsAndResults_areTranslated() throws Exception {
    FakeProvider provider = repeating();
    ModelRequest request =
        Requests.turns(
            """
            [{"role":"system","content":"be brief"},
             {"role":"user","content":[{"type":"text","text":"look"},
               {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
               "function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"sun"},
             {"role":"tool","tool_call_id":"c2","content":"rain"}]""",
            """
            {"tools":[{"type":"function","function":{"name":"weather","description":"d",
               "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],
             "tool_choice":{"type":"function","function":{"name":"weather"}},
             "stop":"END","top_p":0.5}""");

    provider.answered(request);

    assertThat(provider.asked())
        .isEqualTo(
            Json.trusted(
                """
                {"model":"m-1","max_tokens":4096,"stream":false,"system":"be brief",
                 "messages":[
                   {"role":"user","content":[{"type":"text","text":"look"},
                     {"type":"image","source":
                       {"type":"base64","media_type":"image/png","data":"QUJD"}}]},
                   {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"weather",
                     "input":{"city":"Bern"}}]},
                   {"role":"user","content":[
                     {"type":"tool_result","tool_use_id":"c1","content":"sun"},
                     {"type":"tool_result","tool_use_id":"c2","content":"rain"}]}],
                 "tools":[{"name":"weather","description":"d","input_schema":
                   {"type":"object","properties":{"city":{"type":"string"}}}}],
                 "tool_choice":{"type":"tool","name":"weather"},
                 "top_p":0.5,"stop_sequences":["END"]}"""));
  }

  @Test
  void jsonSchema_isPassedOn() throws Exception {
    FakeProvider provider = repeating();

    provider.answered(
        Requests.optioned(
            "hi",
            """
            {"response_format":{"type":"json_schema","json_schema":{"name":"a",
             "schema":{"type":"object"}}}}"""));

    assertThat(provider.asked().path("output_config"))
        .isEqualTo(
            Json.trusted(
                "{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}"));
  }

  @Test
  void wholeAnswer_isReadBlockByBlock() throws Exception {
    FakeProvider provider =
        answering(
            200,
            """
            {"id":"msg_2","model":"m-1","stop_reason":"tool_use","content":[
               {"type":"thinking","thinking":"hm"},{"type":"text","text":"a"},
               {"type":"text","text":"b"},
               {"type":"tool_use","id":"t1","name":"now","input":{"z":1}}],
             "usage":{"input_tokens":5,"cache_read_input_tokens":10,"output_tokens":2}}""");

    Completion completion = provider.answered(Requests.plain("hi")).completion();

    assertThat(completion.content()).isEqualTo("ab");
    assertThat(completion.usage()).hasValue(new Usage(15, 2, 17));
    ModelAnswer answer = completion.modelAnswer().orElseThrow();
    assertThat(answer.finishReason()).isEqualTo("tool_calls");
    assertThat(Json.trusted(answer.toolCalls().orElseThrow()))
        .isEqualTo(
            Json.trusted(
                """
                [{"id":"t1","type":"function",
                  "function":{"name":"now","arguments":"{\\"z\\":1}"}}]"""));
  }

  @Test
  void toolUse_inFragments_isPutTogether() throws Exception {
    FakeProvider provider =
        streaming(
            """
            {"type":"content_block_start","index":1,"content_block":
            {"type":"tool_use","id":"t1","name":"weather","input":{}}}"""
                .replace("\n", ""),
            fragment("{\\\"city\\\":"),
            fragment("\\\"Bern\\\"}"),
            """
            {"type":"content_block_start","index":2,"content_block":
            {"type":"tool_use","id":"t2","name":"now","input":{}}}"""
                .replace("\n", ""),
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}",
            "{\"type\":\"message_stop\"}");

    String calls =
        provider
            .answered(Requests.streamed("hi"))
            .completion()
            .modelAnswer()
            .flatMap(ModelAnswer::toolCalls)
            .orElseThrow();

    assertThat(Json.trusted(calls).findValuesAsText("arguments"))
        .containsExactly("{\"city\":\"Bern\"}", "{}");
  }

  @Test
  void usageThatIsNotTold_isNone_andWhatTheirServersCallIsNoCall() throws Exception {
    FakeProvider provider =
        streaming(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}",
            "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                + "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\"}}",
            fragment("{}"),
            "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\"a\"}}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
            "{\"type\":\"message_stop\"}");

    Completion completion = provider.answered(Requests.streamed("hi")).completion();

    assertThat(completion.content()).isEqualTo("a");
    assertThat(completion.usage()).isEmpty();
    assertThat(completion.modelAnswer().flatMap(ModelAnswer::toolCalls)).isEmpty();
  }

  private static String fragment(String json) {
    return ("{\"type\":\"content_block_delta\",\"index\":1,\"delta\":"
            + "{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}}")
        .formatted(json);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn,stop",
    "stop_sequence,stop",
    "max_tokens,length",
    "tool_use,tool_calls",
    "model_context_window_exceeded,length"
  })
  void stopReason_isToldInOpenAisWords(String theirs, String ours) throws Exception {
    FakeProvider provider =
        answering(
            200,
            "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"%s\"}"
                .formatted(theirs));

    assertThat(provider.answered(Requests.plain("hi")).completion().modelAnswer())
        .map(ModelAnswer::finishReason)
        .hasValue(ours);
  }

  @ParameterizedTest
  @CsvSource({
    "refusal,CONTENT_FILTERED",
    "guardrail_intervened,CONTENT_FILTERED",
    "pause_turn,UPSTREAM_INVALID",
    "invented_tomorrow,UPSTREAM_INVALID",
    "'',UPSTREAM_INVALID"
  })
  void stopReasonThatEndsNothing_isNoAnswer(String theirs, ModelFault fault) throws Exception {
    String whole = "{\"content\":[{\"type\":\"text\",\"text\":\"half\"}],\"stop_reason\":\"%s\"}";
    FakeProvider streamed =
        streaming(
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"half\"}}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}".formatted(theirs),
            "{\"type\":\"message_stop\"}");

    assertThat(answering(200, whole.formatted(theirs)).refused(Requests.plain("hi")).fault())
        .isEqualTo(fault);
    assertThat(streamed.refused(Requests.streamed("hi")).fault()).isEqualTo(fault);
  }

  @Test
  void thoughts_areKeptBesideTheAnswer() throws Exception {
    FakeProvider whole =
        answering(
            200,
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\"},"
                + "{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"end_turn\"}");
    FakeProvider streamed =
        streaming(
            "{\"type\":\"content_block_delta\",\"delta\":"
                + "{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}");

    for (Completion completion :
        List.of(
            whole.answered(Requests.plain("hi")).completion(),
            streamed.answered(Requests.streamed("hi")).completion())) {
      assertThat(completion.content()).isEqualTo("a");
      assertThat(completion.modelAnswer().flatMap(ModelAnswer::reasoning)).hasValue("Hm.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | invalid_request_error | odd                               | BAD_REQUEST
          400 | invalid_request_error | prompt is too long: 9 > 8         | CONTEXT_TOO_LONG
          400 | invalid_request_error | Your credit balance is too low to | AUTH
          401 | authentication_error  | invalid x-api-key                 | AUTH
          403 | permission_error      | no                                | AUTH
          413 | request_too_large     | too large                         | CONTEXT_TOO_LONG
          429 | rate_limit_error      | slower                            | RATE_LIMITED
          500 | api_error             | oops                              | OVERLOADED
          529 | overloaded_error      | Overloaded                        | OVERLOADED
          """)
  void errors_areClassed(int status, String type, String message, ModelFault fault)
      throws Exception {
    FakeProvider provider =
        answering(
            status,
            "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                .formatted(type, message));

    Refused refused = provider.refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(fault);
    assertThat(refused.message()).contains(type).doesNotContain(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"content\":\"text\"}", "{\"content\":[]}", "[1]", "<html>"})
  void whatIsNoAnswer_isInvalid(String body) throws Exception {
    assertThat(answering(200, body).refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @Test
  void streamThatBreaksOff_isInvalid() throws Exception {
    FakeProvider provider =
        streaming(
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}");

    assertThat(provider.refused(Requests.streamed("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @Test
  void errorWithinAStream_isTheFault() throws Exception {
    FakeProvider provider =
        streaming(
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}");

    assertThat(provider.refused(Requests.streamed("hi")).fault()).isEqualTo(ModelFault.OVERLOADED);
  }
}

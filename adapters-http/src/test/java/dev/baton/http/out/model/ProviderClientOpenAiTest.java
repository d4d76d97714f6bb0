package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
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
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderClientOpenAiTest extends ModelClientContract {
  private static final String WEATHER =
      """
      [{"id":"call_1","type":"function",\
      "function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]""";

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
    return opened(FakeProvider.of(Kind.OPENAI, server, List.of("k"), MODEL, same -> same)).client();
  }

  @Override
  protected ModelClient createClient() throws IOException {
    return contractClient(OpenAiServer.repeating());
  }

  @Override
  protected ModelClient createSilentClient() throws IOException {
    return contractClient(OpenAiServer.silent());
  }

  private FakeProvider repeating() throws IOException {
    return opened(FakeProvider.of(Kind.OPENAI, OpenAiServer.repeating(), List.of("key-secret")));
  }

  private FakeProvider streaming(String... data) throws IOException {
    return opened(FakeProvider.streaming(Kind.OPENAI, FakeProvider.events(data)));
  }

  private FakeProvider answering(String body) throws IOException {
    return opened(FakeProvider.answering(Kind.OPENAI, 200, body));
  }

  @Test
  void request_isTheProtocols() throws Exception {
    FakeProvider provider = repeating();

    Completion completion = provider.answered(Requests.limited("hi", 9)).completion();

    assertThat(provider.requests().get(0))
        .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
        .contains("Authorization: Bearer key-secret\r\n", "X-Client-Request-Id: task~7\r\n");
    assertThat(provider.asked())
        .isEqualTo(
            Json.trusted(
                """
                {"model":"m-1","messages":[{"role":"user","content":"hi"}],"max_tokens":9,
                 "stream":false}"""));
    assertThat(completion.usage()).hasValue(new Usage(3, 4, 7));
    assertThat(completion.traceId()).hasValue("chatcmpl-1");
  }

  @Test
  void options_arePassedOnAsTheyAre() throws Exception {
    FakeProvider provider = repeating();
    String format =
        """
        {"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object"}}}""";
    String options =
        """
        {"response_format":%s,"top_p":0.5,"seed":7,"tools":[{"type":"function"}],"n":5,
         "model":"sly","stream":true,"max_completion_tokens":1}"""
            .formatted(format);

    provider.answered(Requests.with("hi", Optional.empty(), OptionalInt.of(9), options, false));

    assertThat(provider.asked().path("response_format")).isEqualTo(Json.trusted(format));
    assertThat(provider.asked().path("seed").asInt()).isEqualTo(7);
    assertThat(provider.asked().path("tools").isArray()).isTrue();
    assertThat(provider.asked().path("model").asText()).isEqualTo("m-1");
    assertThat(provider.asked().path("stream").asBoolean()).isFalse();
    assertThat(provider.asked().path("max_completion_tokens").asInt()).isEqualTo(9);
    assertThat(provider.asked().has("n")).isFalse();
    assertThat(provider.asked().has("max_tokens")).isFalse();
  }

  @Test
  void stream_asksForUsage_andSendsTheTurns() throws Exception {
    FakeProvider provider = repeating();
    String turns = "[{\"role\":\"user\",\"content\":\"turn\"}]";
    ModelRequest request =
        Requests.with("label", Optional.of(new Messages(turns)), OptionalInt.empty(), "{}", true);

    assertThat(provider.answered(request).completion().content()).isEqualTo("You said: turn");
    assertThat(provider.asked().at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(provider.asked().path("messages")).isEqualTo(Json.trusted(turns));
  }

  @Test
  void toolCalls_ofAWholeAnswer_areKept() throws Exception {
    FakeProvider provider =
        answering(
            """
            {"model":"m-1-dated","choices":[{"finish_reason":"tool_calls",
             "message":{"content":null,"tool_calls":%s}}]}"""
                .formatted(WEATHER));

    Completion completion = provider.answered(Requests.plain("hi")).completion();

    assertThat(completion.content()).isEmpty();
    assertThat(completion.modelAnswer())
        .hasValue(new ModelAnswer(new ModelName("m-1-dated"), "tool_calls", Optional.of(WEATHER)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"name\":\"weather\",\"arguments\":%s}}]",
        "\"tool_calls\":[{\"id\":\"call_1\",\"name\":\"weather\",\"arguments\":%s}]",
        "\"function_call\":{\"name\":\"weather\",\"arguments\":%s}"
      })
  void argumentsOfACall_areKept_asTextOrAsTheObjectThatTheyAre(String call) throws Exception {
    String object = "{\"city\":\"Köln\",\"days\":3}";
    for (String arguments :
        List.of(object, Json.text(Json.MAPPER.getNodeFactory().textNode(object)))) {
      String message = "{\"content\":null," + call.formatted(arguments) + "}";
      FakeProvider whole =
          answering(
              "{\"choices\":[{\"message\":%s,\"finish_reason\":\"stop\"}]}".formatted(message));
      FakeProvider streamed =
          streaming("{\"choices\":[{\"delta\":%s,\"finish_reason\":\"stop\"}]}".formatted(message));

      for (Completion completion :
          List.of(
              whole.answered(Requests.plain("hi")).completion(),
              streamed.answered(Requests.streamed("hi")).completion())) {
        String calls = completion.modelAnswer().flatMap(ModelAnswer::toolCalls).orElseThrow();
        assertThat(Json.trusted(calls).at("/0/function/name").asText()).isEqualTo("weather");
        assertThat(Json.trusted(calls).at("/0/function/arguments").asText()).isEqualTo(object);
      }
    }
  }

  @Test
  void refusalReasoningAndLogprobs_areKept_wholeAndInPieces() throws Exception {
    FakeProvider whole =
        answering(
            """
            {"choices":[{"message":{"content":"No, but","refusal":"I can't.","reasoning":"Hm, so"},
             "logprobs":{"content":[{"token":"No"},{"token":", but"}]},"finish_reason":"stop"}]}""");
    FakeProvider streamed =
        streaming(
            "{\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm,\",\"refusal\":\"I \"}}]}",
            "{\"choices\":[{\"delta\":{\"reasoning_content\":\" so\",\"refusal\":\"can't.\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"No\"},\"logprobs\":{\"content\":[{\"token\":\"No\"}]}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\", but\"},\"logprobs\":{\"content\":[{\"token\":\", but\"}]},"
                + "\"finish_reason\":\"stop\"}]}");

    for (Completion completion :
        List.of(
            whole.answered(Requests.plain("hi")).completion(),
            streamed.answered(Requests.streamed("hi")).completion())) {
      assertThat(completion.content()).isEqualTo("No, but");
      assertThat(completion.modelAnswer())
          .hasValue(
              new ModelAnswer(
                  Requests.MODEL,
                  "stop",
                  Optional.empty(),
                  Optional.of("I can't."),
                  Optional.of("Hm, so"),
                  Optional.of("{\"content\":[{\"token\":\"No\"},{\"token\":\", but\"}]}"),
                  Optional.empty()));
    }
  }

  @Test
  void thoughtsAmongTheParts_areNotTheText() throws Exception {
    FakeProvider provider =
        answering(
            """
            {"choices":[{"finish_reason":"stop","message":{"content":[
             {"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},
             {"type":"text","text":"Yes."}]}}]}""");

    Completion completion = provider.answered(Requests.plain("hi")).completion();

    assertThat(completion.content()).isEqualTo("Yes.");
    assertThat(completion.modelAnswer().flatMap(ModelAnswer::reasoning)).hasValue("Hm.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}             | 3
          "usage":{"input_tokens":3,"output_tokens":4}                                   | 3
          "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}                | 3
          "prompt_eval_count":3,"eval_count":4                                           | 3
          "x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":4}}                   | 3
          "usage":{}                                                                     | -1
          "usage":null                                                                   | -1
          "usage":{"prompt_tokens":null,"completion_tokens":null}                        | -1
          "usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}             | -1
          "usage":{"prompt_tokens":"3","completion_tokens":"4"}                          | 3
          "usage":{"prompt_tokens":3,"total_tokens":7}                                   | 3
          "usage":{"completion_tokens":4,"total_tokens":7}                               | 3
          "usage":{"prompt_tokens":3}                                                    | -1
          "usage":{"completion_tokens":4}                                                | -1
          "usage":{"total_tokens":7}                                                     | -1
          "usage":{"prompt_tokens":"three","completion_tokens":4}                        | -1
          "usage":{"cost":0.5}                                                           | -1
          """)
  void usage_isReadInAnyWords_andAbsentWhereItIsNotTold(String told, long in) throws Exception {
    FakeProvider whole =
        answering("{\"choices\":[{\"message\":{\"content\":\"a\"}}],%s}".formatted(told));
    FakeProvider streamed =
        streaming(
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[],%s}".formatted(told),
            "[DONE]");

    for (Completion completion :
        List.of(
            whole.answered(Requests.plain("hi")).completion(),
            streamed.answered(Requests.streamed("hi")).completion())) {
      assertThat(completion.usage())
          .isEqualTo(in < 0 ? Optional.empty() : Optional.of(new Usage(3, 4, 7)));
    }
  }

  @Test
  void toolCalls_inFragments_arePutTogether() throws Exception {
    FakeProvider provider =
        streaming(
            call(0, "\"id\":\"call_1\",", "\"name\":\"weather\",\"arguments\":\"\""),
            call(1, "\"id\":\"call_2\",", "\"name\":\"now\""),
            call(0, "", "\"arguments\":\"{\\\"city\\\":\""),
            call(0, "", "\"arguments\":\"\\\"Bern\\\"}\""),
            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
            "[DONE]");

    Completion completion = provider.answered(Requests.streamed("hi")).completion();

    String calls = completion.modelAnswer().flatMap(ModelAnswer::toolCalls).orElseThrow();
    assertThat(Json.trusted(calls).get(0)).isEqualTo(Json.trusted(WEATHER).get(0));
    assertThat(Json.trusted(calls).at("/1/function/name").asText()).isEqualTo("now");
    assertThat(Json.trusted(calls).at("/1/function/arguments").asText()).isEqualTo("{}");
  }

  private static String call(int index, String id, String function) {
    return "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%d,%s\"function\":{%s}}]}}]}"
        .formatted(index, id, function);
  }

  @Test
  void toolCalls_withoutIndex_areToldApartByTheirIds() throws Exception {
    FakeProvider provider =
        streaming(
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}},"
                + "{\"id\":\"b\",\"function\":{\"name\":\"g\"}}]},"
                + "\"finish_reason\":\"tool_calls\"}]}");

    String calls =
        provider
            .answered(Requests.streamed("hi"))
            .completion()
            .modelAnswer()
            .flatMap(ModelAnswer::toolCalls)
            .orElseThrow();

    assertThat(Json.trusted(calls).findValuesAsText("name")).containsExactly("f", "g");
  }

  @Test
  void choicesThatNobodyAskedFor_areLeftOut() throws Exception {
    String other = "{\"index\":1,\"%s\":{\"content\":\"B\"},\"finish_reason\":\"length\"}";
    String ours = "{\"index\":0,\"%s\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}";
    FakeProvider whole =
        answering("{\"choices\":[%s,%s]}".formatted(other, ours).replace("%s", "message"));
    FakeProvider streamed =
        streaming(
            "{\"choices\":[%s]}".formatted(other).replace("%s", "delta"),
            "{\"choices\":[%s]}".formatted(ours).replace("%s", "delta"),
            "{\"choices\":[%s]}".formatted(other).replace("%s", "delta"));

    for (Completion completion :
        List.of(
            whole.answered(Requests.plain("hi")).completion(),
            streamed.answered(Requests.streamed("hi")).completion())) {
      assertThat(completion.content()).isEqualTo("A");
      assertThat(completion.modelAnswer()).map(ModelAnswer::finishReason).hasValue("stop");
    }
    assertThat(streamed.pieces).containsExactly("A");
  }

  @Test
  void refusal_isTheText() throws Exception {
    FakeProvider provider =
        answering("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"}}]}");

    assertThat(provider.answered(Requests.plain("hi")).completion().content()).isEqualTo("No.");
  }

  @Test
  void wholeAnswerToAStreamedRequest_isOnePiece() throws Exception {
    FakeProvider provider = answering("{\"choices\":[{\"message\":{\"content\":\"all\"}}]}");

    provider.answered(Requests.streamed("hi"));

    assertThat(provider.pieces).containsExactly("all");
  }

  @Test
  void streamThatEndsWithoutDone_butWithAReason_isWhole() throws Exception {
    FakeProvider provider =
        streaming("{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"length\"}]}");

    assertThat(provider.answered(Requests.streamed("hi")).completion().modelAnswer())
        .map(ModelAnswer::finishReason)
        .hasValue("length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":[{\"message\":null}]}",
        "{\"choices\":[{\"message\":{}}]}",
        "{\"choices\":{\"a\":1}} trailing"
      })
  void whatIsNoAnswer_isInvalid(String body) throws Exception {
    assertThat(answering(body).refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no json", "[1]", "{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}"})
  void streamThatBreaksOff_isInvalid(String data) throws Exception {
    Refused refused = streaming(data).refused(Requests.streamed("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @Test
  void errorWithinAStream_isTheFault() throws Exception {
    FakeProvider provider =
        streaming(
            "{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}",
            "{\"error\":{\"message\":\"secret prompt\",\"type\":\"server_error\"}}");

    Refused refused = provider.refused(Requests.streamed("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.OVERLOADED);
    assertThat(refused.message()).contains("server_error").doesNotContain("secret");
    assertThat(provider.requests()).hasSize(1);
  }
}

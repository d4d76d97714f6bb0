package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in the words of one vendor, sent to the other. */
final class RequestWordsTest {
  private static final String SAID = user("{\"type\":\"text\",\"text\":\"a\"}");

  private static JsonNode sent(Kind kind, String messages, String options) throws Exception {
    try (FakeProvider provider = provider(kind)) {
      provider.answered(Requests.turns(messages, options));
      return provider.asked();
    }
  }

  private static FakeProvider provider(Kind kind) throws IOException {
    return FakeProvider.of(
        kind,
        kind == Kind.OPENAI ? OpenAiServer.repeating() : AnthropicServer.repeating(),
        List.of("k"));
  }

  private static String user(String parts) {
    return "[{\"role\":\"user\",\"content\":[" + parts + "]}]";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}",
        "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"QUJD\"}}",
        "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://a.example/b.pdf\"},\"title\":\"b\"}",
        "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"is_error\":true,\"content\":\"no\"}",
        "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{\"a\":1}}",
        "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"}",
        "{\"type\":\"search_result\",\"source\":\"s\",\"title\":\"t\",\"content\":[]}",
        "{\"type\":\"invented_tomorrow\",\"x\":[1,2]}"
      })
  void blockOfAnthropics_reachesIt_asItIs(String block) throws Exception {
    assertThat(sent(Kind.ANTHROPIC, user(block), "{}").at("/messages/0/content/0"))
        .isEqualTo(Json.trusted(block));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          thinking       | {"type":"enabled","budget_tokens":1024}
          top_k          | 5
          stop_sequences | ["END"]
          tools          | [{"name":"w","input_schema":{"type":"object"}}]
          tools          | [{"type":"web_search_20250305","name":"web_search","max_uses":3}]
          tool_choice    | {"type":"any","disable_parallel_tool_use":true}
          service_tier   | "standard_only"
          mcp_servers    | [{"type":"url","url":"https://a.example","name":"a"}]
          """)
  void optionOfAnthropics_reachesIt_asItIs(String name, String value) throws Exception {
    assertThat(sent(Kind.ANTHROPIC, SAID, option(name, value)).path(name))
        .isEqualTo(Json.trusted(value));
  }

  private static String option(String name, String value) {
    return "{\"%s\":%s}".formatted(name, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"parallel_tool_calls":false,"tools":[]} | /tool_choice | {"type":"auto","disable_parallel_tool_use":true}
          {"user":"u1"}                            | /metadata    | {"user_id":"u1"}
          {"metadata":{"user_id":"u2"}}            | /metadata    | {"user_id":"u2"}
          {"tool_choice":"required"}               | /tool_choice | {"type":"any"}
          {"tool_choice":"none","parallel_tool_calls":false,"tools":[]} | /tool_choice | {"type":"none"}
          {"temperature":1.5}                      | /temperature | 1.0
          {"max_tokens":7}                         | /max_tokens  | 7
          {"max_completion_tokens":8}              | /max_tokens  | 8
          """)
  void optionOfOpenAis_isTranslated(String options, String place, String there) throws Exception {
    assertThat(sent(Kind.ANTHROPIC, SAID, options).at(place)).isEqualTo(Json.trusted(there));
  }

  @Test
  void hintsOfOpenAis_areLeftOut() throws Exception {
    String options =
        """
        {"seed":7,"frequency_penalty":1,"presence_penalty":1,"logit_bias":{"1":2},"store":true,
         "metadata":{"run":"7"},"service_tier":"flex","reasoning_effort":"low","n":1,
         "prompt_cache_key":"k","logprobs":false,"modalities":["text"],
         "response_format":{"type":"text"}}""";

    assertThat(sent(Kind.ANTHROPIC, SAID, options)).isEqualTo(sent(Kind.ANTHROPIC, SAID, "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"logprobs\":true}",
        "{\"modalities\":[\"text\",\"audio\"]}",
        "{\"response_format\":{\"type\":\"json_object\"}}",
        "{\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]}",
        "{\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}}",
        "{\"functions\":[{\"name\":\"f\"}]}",
        "{\"web_search_options\":{}}"
      })
  void whatAnthropicHasNoWordsFor_isRefused_andNobodyIsAsked(String options) throws Exception {
    refused(SAID, options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"wav\"}}",
        "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}"
      })
  void partThatAnthropicHasNoWordsFor_isRefused(String part) throws Exception {
    refused(user(part), "{}");
  }

  private static void refused(String messages, String options) throws Exception {
    try (FakeProvider provider = provider(Kind.ANTHROPIC)) {
      Refused refused = provider.refused(Requests.turns(messages, options));

      assertThat(refused.fault()).isEqualTo(ModelFault.BAD_REQUEST);
      assertThat(refused.message()).contains("an Anthropic model");
      assertThat(provider.requests()).isEmpty();
    }
  }

  @Test
  void partsOfOpenAis_areTranslated_andSystemKeepsItsMarks() throws Exception {
    JsonNode sent =
        sent(
            Kind.ANTHROPIC,
            """
            [{"role":"system","content":[
               {"type":"text","text":"long","cache_control":{"type":"ephemeral"}}]},
             {"role":"user","content":[
               {"type":"file","file":{"filename":"a.pdf",
                 "file_data":"data:application/pdf;base64,QUJD"}}]},
             {"role":"assistant","content":"so","thinking_blocks":[
               {"type":"thinking","thinking":"hm","signature":"s"}],
              "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"no"}}]},
             {"role":"tool","tool_call_id":"c","content":[
               {"type":"image_url","image_url":{"url":"https://a.example/b.png"}}]}]""",
            "{}");

    assertThat(sent.path("system"))
        .isEqualTo(
            Json.trusted(
                "[{\"type\":\"text\",\"text\":\"long\",\"cache_control\":{\"type\":\"ephemeral\"}}]"));
    assertThat(sent.path("messages"))
        .isEqualTo(
            Json.trusted(
                """
                [{"role":"user","content":[{"type":"document","source":{"type":"base64",
                   "media_type":"application/pdf","data":"QUJD"},"title":"a.pdf"}]},
                 {"role":"assistant","content":[
                   {"type":"thinking","thinking":"hm","signature":"s"},
                   {"type":"text","text":"so"},
                   {"type":"tool_use","id":"c","name":"f","input":{"arguments":"no"}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":[
                   {"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}]}]}]"""));
  }

  @Test
  void blocksOfAnthropics_areTranslatedForOpenAi() throws Exception {
    JsonNode sent =
        sent(
            Kind.OPENAI,
            """
            [{"role":"user","content":[{"type":"text","text":"look"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},
               {"type":"document","title":"d.pdf","source":{"type":"base64",
                 "media_type":"application/pdf","data":"QUJD"}},
               {"type":"document","source":{"type":"text","media_type":"text/plain","data":"t"}}]},
             {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},
               {"type":"tool_use","id":"c","name":"f","input":{"a":1}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"sun"},
               {"type":"text","text":"and?"}]}]""",
            """
            {"tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}],
             "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},
             "stop_sequences":["END"],"top_k":5}""");

    assertThat(sent.path("messages"))
        .isEqualTo(
            Json.trusted(
                """
                [{"role":"user","content":[{"type":"text","text":"look"},
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
                   {"type":"file","file":{"filename":"d.pdf",
                     "file_data":"data:application/pdf;base64,QUJD"}},
                   {"type":"text","text":"t"}]},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",
                   "function":{"name":"f","arguments":"{\\"a\\":1}"}}]},
                 {"role":"tool","tool_call_id":"c","content":"sun"},
                 {"role":"user","content":[{"type":"text","text":"and?"}]}]"""));
    assertThat(sent.path("tools"))
        .isEqualTo(
            Json.trusted(
                "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                    + "\"parameters\":{\"type\":\"object\"}}}]"));
    assertThat(sent.path("tool_choice"))
        .isEqualTo(Json.trusted("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"));
    assertThat(sent.path("parallel_tool_calls").asBoolean(true)).isFalse();
    assertThat(sent.path("stop")).isEqualTo(Json.trusted("[\"END\"]"));
    assertThat(sent.path("top_k").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"system":"be brief"}         | /messages/0      | {"role":"system","content":"be brief"}
          {"metadata":{"user_id":"u"}}  | /user            | "u"
          {"metadata":{"run":"7"}}      | /metadata        | {"run":"7"}
          {"output_config":{"effort":"low"}} | /output_config | {"effort":"low"}
          {"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}} | /response_format | {"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}}
          """)
  void optionOfAnthropics_isTranslatedForOpenAi(String options, String place, String there)
      throws Exception {
    assertThat(sent(Kind.OPENAI, SAID, options).at(place)).isEqualTo(Json.trusted(there));
  }

  @Test
  void toolThatFailed_isSaidToOpenAiInWords() throws Exception {
    JsonNode sent =
        sent(
            Kind.OPENAI,
            user(
                "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"is_error\":true,"
                    + "\"content\":\"no city\"}"),
            "{}");

    assertThat(sent.at("/messages/0/content").asText()).isEqualTo("Error: no city");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"any"}  | "required"
          {"type":"auto"} | "auto"
          {"type":"none"} | "none"
          "required"      | "required"
          {"type":"function","function":{"name":"f"}} | {"type":"function","function":{"name":"f"}}
          """)
  void choiceOfATool_isSaidInOpenAisWords(String said, String there) throws Exception {
    assertThat(sent(Kind.OPENAI, SAID, option("tool_choice", said)).path("tool_choice"))
        .isEqualTo(Json.trusted(there));
  }
}

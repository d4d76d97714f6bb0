package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelClientContract;
import dev.baton.http.out.upstream.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EchoModelClientTest extends ModelClientContract {
  @Override
  protected ModelClient createClient() {
    return new EchoModelClient(List.of(Requests.spec(MODEL)), Duration.ZERO);
  }

  @Override
  protected ModelClient createSilentClient() {
    return new EchoModelClient(List.of(Requests.spec(MODEL)), Duration.ofDays(1));
  }

  private static Completion echoed(ModelRequest request) throws Exception {
    try (ModelClient echo = ModelRouter.echo()) {
      return answered(echo.ask(request, ModelClientContract::deaf)).completion();
    }
  }

  @Test
  void builtIn_takesAnyModel_andSaysThatItIsNone() throws Exception {
    ModelName any = new ModelName("whatever");

    Completion completion = echoed(new ModelRequest("1", any, Prompt.of("two words")));

    assertThat(completion.content()).isEqualTo(EchoModelClient.NOTICE + "two words");
    assertThat(completion.modelAnswer()).map(ModelAnswer::model).hasValue(any);
    assertThat(completion.usage()).hasValue(new Usage(2, 12, 14));
  }

  @Test
  void sameRequest_hasTheSameAnswer() throws Exception {
    assertThat(echoed(Requests.plain("again"))).isEqualTo(echoed(Requests.plain("again")));
  }

  @Test
  void maxTokens_cutsTheAnswer() throws Exception {
    Completion completion = echoed(Requests.limited("never reached", 3));

    assertThat(completion.content()).isEqualTo("This is Baton's ");
    assertThat(completion.usage()).map(Usage::completionTokens).hasValue(3L);
    assertThat(completion.modelAnswer()).map(ModelAnswer::finishReason).hasValue("length");
  }

  @Test
  void messages_areAnsweredByTheLast() throws Exception {
    String turns =
        """
        [{"role":"user","content":"first"},
         {"role":"user","content":[{"type":"text","text":"la"},{"type":"text","text":"st"}]}]""";

    assertThat(echoed(Requests.turns(turns, "{}")).content()).endsWith("model was asked.\nlast");
  }

  @Test
  void jsonSchema_isAnsweredByWhatFitsIt() throws Exception {
    String schema =
        """
        {"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{
          "type":"object","properties":{
            "text":{"type":"string"},"n":{"type":"integer","minimum":3},"yes":{"type":"boolean"},
            "kind":{"enum":["a","b"]},"list":{"type":"array","minItems":1,"items":{"type":"null"}},
            "deep":{"type":["object","null"],"properties":{"c":{"const":7}}}}}}}}""";

    JsonNode answer = Json.trusted(echoed(Requests.optioned("said", schema)).content());

    assertThat(answer)
        .isEqualTo(
            Json.trusted(
                """
                {"text":"said","n":3,"yes":false,"kind":"a","list":[null],"deep":{"c":7}}"""));
  }

  @Test
  void jsonObject_isAnsweredByOne() throws Exception {
    String options = "{\"response_format\":{\"type\":\"json_object\"}}";

    JsonNode answer = Json.trusted(echoed(Requests.optioned("said", options)).content());

    assertThat(answer.path("echo").asText()).isEqualTo("said");
  }

  @Test
  void delay_tellsPieceByPiece() throws Exception {
    List<String> pieces = Collections.synchronizedList(new ArrayList<>());
    try (ModelClient slow =
        new EchoModelClient(List.of(Requests.spec(Requests.MODEL)), Duration.ofMillis(5))) {
      Completion completion =
          answered(slow.ask(Requests.streamed("word ".repeat(40)), pieces::add)).completion();

      assertThat(pieces).hasSizeGreaterThan(2);
      assertThat(String.join("", pieces)).isEqualTo(completion.content());
    }
  }
}

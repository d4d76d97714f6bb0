package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers end: well, in the words of any vendor, or as no answer. */
final class EndingTest {
  private static final String PIECE = "{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}";
  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  private FakeProvider opened(FakeProvider provider) {
    providers.add(provider);
    return provider;
  }

  private FakeProvider answering(String body) throws IOException {
    return opened(FakeProvider.answering(Kind.OPENAI, 200, body));
  }

  private FakeProvider streaming(String events) throws IOException {
    return opened(FakeProvider.streaming(Kind.OPENAI, events));
  }

  private FakeProvider whole(String message, String reason) throws IOException {
    return answering(
        "{\"choices\":[{\"message\":{%s},\"finish_reason\":%s}],\"usage\":{\"prompt_tokens\":9}}"
            .formatted(message, reason));
  }

  private FakeProvider streamed(String reason) throws IOException {
    return streaming(
        FakeProvider.events(
            PIECE,
            "{\"choices\":[{\"delta\":{},\"finish_reason\":%s}]}".formatted(reason),
            "[DONE]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop                          | stop
          STOP                          | stop
          eos                           | stop
          eos_token                     | stop
          stop_sequence                 | stop
          COMPLETE                      | stop
          end_turn                      | stop
          length                        | length
          MAX_TOKENS                    | length
          model_length                  | length
          model_context_window_exceeded | length
          tool_calls                    | tool_calls
          TOOL_CALL                     | tool_calls
          tool_use                      | tool_calls
          function_call                 | tool_calls
          """)
  void endingsOfAllVendors_areToldInOpenAisWords(String theirs, String ours) throws Exception {
    String reason = "\"" + theirs + "\"";
    for (Completion completion :
        List.of(
            whole("\"content\":\"all\"", reason).answered(Requests.plain("hi")).completion(),
            streamed(reason).answered(Requests.streamed("hi")).completion())) {
      assertThat(completion.modelAnswer()).map(ModelAnswer::finishReason).hasValue(ours);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          error                          | UPSTREAM_INVALID
          abort                          | UPSTREAM_INVALID
          cancelled                      | UPSTREAM_INVALID
          load                           | UPSTREAM_INVALID
          OTHER                          | UPSTREAM_INVALID
          MALFORMED_FUNCTION_CALL        | UPSTREAM_INVALID
          FINISH_REASON_UNSPECIFIED      | UPSTREAM_INVALID
          invented_tomorrow              | UPSTREAM_INVALID
          insufficient_system_resource   | OVERLOADED
          network_error                  | OVERLOADED
          TIMEOUT                        | TIMED_OUT
          content_filter                 | CONTENT_FILTERED
          content_filter: SAFETY         | CONTENT_FILTERED
          content_filtered               | CONTENT_FILTERED
          SAFETY                         | CONTENT_FILTERED
          RECITATION                     | CONTENT_FILTERED
          BLOCKLIST                      | CONTENT_FILTERED
          PROHIBITED_CONTENT             | CONTENT_FILTERED
          SPII                           | CONTENT_FILTERED
          sensitive                      | CONTENT_FILTERED
          guardrail_intervened           | CONTENT_FILTERED
          ERROR_TOXIC                    | CONTENT_FILTERED
          """)
  void everyOtherWord_isNoEnding_whateverTextThereIs(String theirs, ModelFault fault)
      throws Exception {
    String reason = "\"" + theirs + "\"";

    assertThat(whole("\"content\":\"half\"", reason).refused(Requests.plain("hi")).fault())
        .isEqualTo(fault);
    assertThat(whole("\"content\":null", reason).refused(Requests.plain("hi")).fault())
        .isEqualTo(fault);
    assertThat(streamed(reason).refused(Requests.streamed("hi")).fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "\"null\"", "\" \"", "{}", "7.5e0"})
  void reasonThatIsNone_isNoEnding(String reason) throws Exception {
    String piece = "{\"choices\":[{\"delta\":{\"content\":\"half\"},\"finish_reason\":%s}]}";

    assertThat(whole("\"content\":\"half\"", reason).refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
    assertThat(
            streaming(FakeProvider.events(piece.formatted(reason)))
                .refused(Requests.streamed("hi"))
                .fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "\"null\""})
  void endOfTheProtocol_isAnEnding_whereEveryReasonIsEmpty(String reason) throws Exception {
    Completion completion = streamed(reason).answered(Requests.streamed("hi")).completion();

    assertThat(completion.content()).isEqualTo("half");
    assertThat(completion.modelAnswer()).map(ModelAnswer::finishReason).hasValue("stop");
  }

  @Test
  void serverThatNeverTellsReasons_isBelievedToHaveEnded() throws Exception {
    FakeProvider whole = answering("{\"choices\":[{\"message\":{\"content\":\"all\"}}]}");
    FakeProvider streamed = streaming(FakeProvider.events(PIECE, "[DONE]"));

    assertThat(whole.answered(Requests.plain("hi")).completion().content()).isEqualTo("all");
    assertThat(streamed.answered(Requests.streamed("hi")).completion().content()).isEqualTo("half");
  }

  @Test
  void emptyReasonInEveryPiece_thenARealOne_isAnAnswer() throws Exception {
    String piece = "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}";
    FakeProvider provider =
        streaming(
            FakeProvider.events(
                piece, piece, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"));

    assertThat(provider.answered(Requests.streamed("hi")).completion().content()).isEqualTo("aa");
    assertThat(
            streaming(FakeProvider.events(piece, piece)).refused(Requests.streamed("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "content":""                                    | "stop"
          "content":null                                  | "stop"
          "content":"\\n \\n"                             | "stop"
          "content":null,"reasoning_content":"thoughts"   | "stop"
          "content":null,"reasoning_content":"thoughts"   | "length"
          "content":[]                                    | "stop"
          "content":null,"tool_calls":[]                  | "tool_calls"
          """)
  void answerThatHoldsNothing_isNone_thoughUsageIsTold(String message, String reason)
      throws Exception {
    assertThat(whole(message, reason).refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data: {"object":"error","message":"engine is dead","type":"InternalServerError","code":500} | OVERLOADED
          data: {"error":{"message":"gone","code":502}}                                | OVERLOADED
          data: {"error":"gone"}                                                       | OVERLOADED
          data: {"type":"error","error":{"type":"overloaded_error"}}                   | OVERLOADED
          data: [{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]                 | RATE_LIMITED
          data: {"error":{"code":504},"choices":[{"delta":{},"finish_reason":"error"}]} | TIMED_OUT
          data: {"choices":[{"error":{"code":429},"delta":{},"finish_reason":"error"}]} | RATE_LIMITED
          data: {"text":"**NETWORK ERROR**","error_code":50001}                        | OVERLOADED
          event: error↵data: {"message":"gone","code":502}                             | OVERLOADED
          event: error↵data: upstream gone                                             | OVERLOADED
          event: error↵data: {"code":"context_length_exceeded"}                        | CONTEXT_TOO_LONG
          error: {"code":500,"message":"gone","type":"server_error"}                   | OVERLOADED
          {"error":{"message":"gone","type":"server_error"}}                           | OVERLOADED
          data: {"choices":[{"delta":{"error":{"code":429}},"finish_reason":null}]}    | RATE_LIMITED
          data: {"detail":"Internal"}                                                  | UPSTREAM_INVALID
          data: {"message":"oops","code":500}                                          | UPSTREAM_INVALID
          data: {"success":false,"msg":"gone"}                                         | UPSTREAM_INVALID
          """)
  void errorWithinAStream_isTheFault_inAnyShape(String error, ModelFault fault) throws Exception {
    String events =
        FakeProvider.events(PIECE) + error.replace("↵", "\n") + "\n\n" + "data: [DONE]\n\n";

    assertThat(streaming(events).refused(Requests.streamed("hi")).fault()).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"object":"error","message":"engine is dead","code":500}                       | OVERLOADED
          {"error":"model is busy"}                                                      | OVERLOADED
          [{"error":{"code":503,"status":"UNAVAILABLE"}}]                                | OVERLOADED
          {"choices":[{"message":{"content":"half"},"finish_reason":"error","error":{"code":429}}]} | RATE_LIMITED
          {"choices":[{"message":{"content":"half"},"error":{"code":403,"message":"flagged"}}]} | CONTENT_FILTERED
          {"choices":[{"message":{"content":"half","error":{"code":503}},"finish_reason":"stop"}]} | OVERLOADED
          """)
  void errorInsteadOfAnAnswer_isTheFault_inAnyShape(String body, ModelFault fault)
      throws Exception {
    assertThat(answering(body).refused(Requests.plain("hi")).fault()).isEqualTo(fault);
  }

  @Test
  void answerThatIsNotUtf8_isNone_insteadOfBeingMended() throws Exception {
    String body =
        "{\"choices\":[{\"message\":{\"content\":\"a\u00ff\"},\"finish_reason\":\"stop\"}]}";
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    // The server writes each character as one byte.
    ScriptedServer server =
        ScriptedServer.saying(head + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    FakeProvider provider = opened(FakeProvider.of(Kind.OPENAI, server, List.of("k")));

    assertThat(provider.refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.UPSTREAM_INVALID);
  }

  @Test
  void errorThatIsNone_doesNotSpoilAnAnswer() throws Exception {
    for (String none : List.of("null", "\"\"", "false")) {
      assertThat(
              answering(
                      "{\"error\":%s,\"choices\":[{\"message\":{\"content\":\"all\"},\"error\":%s}]}"
                          .formatted(none, none))
                  .answered(Requests.plain("hi"))
                  .completion()
                  .content())
          .isEqualTo("all");
    }
  }

  @Test
  void halfAnAnswer_thatIsAskedForAgain_isNotMixedWithTheNext() throws Exception {
    List<String> asked = new ArrayList<>();
    String half = FakeProvider.events(PIECE) + "event: error\ndata: {\"code\":502}\n\n";
    String good = FakeProvider.events(PIECE.replace("half", "all"), "[DONE]");
    FakeProvider provider =
        opened(
            FakeProvider.of(
                Kind.OPENAI,
                new ScriptedServer(
                    (request, connection) -> {
                      asked.add(request);
                      ScriptedServer.write(
                          connection,
                          ScriptedServer.answer(
                              200, FakeProvider.STREAM, asked.size() == 1 ? half : good));
                    }),
                List.of("k")));

    provider.refused(Requests.streamed("hi"));

    assertThat(provider.answered(Requests.streamed("hi")).completion().content()).isEqualTo("all");
  }
}

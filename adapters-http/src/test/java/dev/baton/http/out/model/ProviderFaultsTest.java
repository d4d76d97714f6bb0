package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.core.testing.ManualClock;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.model.fault.Faults;
import dev.baton.http.out.upstream.ScriptedServer;
import dev.baton.http.out.upstream.UpstreamOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong between Baton and a provider, and what is made of it. */
final class ProviderFaultsTest {
  private static final String PROMPT = "the private prompt";
  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  private FakeProvider opened(FakeProvider provider) {
    providers.add(provider);
    return provider;
  }

  private FakeProvider of(ScriptedServer server, String... keys) {
    return opened(FakeProvider.of(Kind.OPENAI, server, List.of(keys)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | invalid_request_error   | BAD_REQUEST
          400 | context_length_exceeded | CONTEXT_TOO_LONG
          400 | content_filter          | CONTENT_FILTERED
          401 | invalid_api_key         | AUTH
          403 | permission_denied       | AUTH
          404 | model_not_found         | BAD_REQUEST
          408 | timeout                 | TIMED_OUT
          413 | request_too_large       | CONTEXT_TOO_LONG
          422 | unprocessable           | BAD_REQUEST
          429 | rate_limit_exceeded     | RATE_LIMITED
          429 | insufficient_quota      | AUTH
          429 | billing_hard_limit      | AUTH
          500 | server_error            | OVERLOADED
          502 | bad_gateway             | OVERLOADED
          503 | overloaded              | OVERLOADED
          504 | gateway_timeout         | TIMED_OUT
          529 | overloaded_error        | OVERLOADED
          204 | none                    | UPSTREAM_INVALID
          302 | none                    | UPSTREAM_INVALID
          """)
  void statusAndCode_areTheFault_andNothingElseIsTold(int status, String code, ModelFault fault)
      throws Exception {
    FakeProvider provider =
        opened(
            FakeProvider.answering(
                Kind.OPENAI,
                status,
                "{\"error\":{\"message\":\"%s key-secret\",\"code\":\"%s\"}}"
                    .formatted(PROMPT, code)));

    Refused refused = provider.refused(Requests.plain(PROMPT));

    assertThat(refused.fault()).isEqualTo(fault);
    assertThat(refused.message()).doesNotContain(PROMPT, "secret", "\r", "\n");
    assertThat(provider.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"sk_live_4f9a", "key-secret", "AIzaSyD-secret", "gpt.secret", "Secret"})
  void codeThatIsNoKnownWord_isNotTold(String code) throws Exception {
    for (String shape :
        List.of(
            "{\"error\":{\"code\":\"%s\"}}",
            "{\"error\":{\"type\":\"%s\"}}",
            "{\"error\":\"%s\"}",
            "{\"code\":\"%s\",\"type\":\"%1$s\",\"status\":\"%1$s\"}",
            "%s")) {
      String body = shape.formatted(code);
      for (int status : new int[] {200, 400, 429, 500}) {
        FakeProvider provider = opened(FakeProvider.answering(Kind.OPENAI, status, body));

        assertThat(provider.refused(Requests.plain(PROMPT)).message())
            .matches("the (provider|answer) ([a-z0-9 ]|JSON)+");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Retry-After: 7                     | 7000
          Retry-After: 1.5                   | 1500
          retry-after-ms: 250                | 250
          Retry-After: 999999999             | 86400000
          x-ratelimit-reset-requests: 6m0s   | 360000
          x-ratelimit-reset-tokens: 12ms     | 12
          x-ratelimit-reset-requests: 1m2.5s | 62500
          Retry-After: 99999999999           | 86400000
          Retry-After: 6s                    | 6000
          Retry-After: 1m30s                 | 90000
          """)
  void tooManyRequests_waitAsLongAsIsAsked(String header, long millis) throws Exception {
    FakeProvider provider = of(refusing(429, header), "k");

    Refused refused = provider.refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.RATE_LIMITED);
    assertThat(refused.retryAfter()).hasValue(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"error":{"code":429,"details":[{"@type":"a"},{"retryDelay":"3s"}]}}] | 3000
          {"error":{"details":[{"retryDelay":"39.506s"}]}}                       | 39506
          {"error":{"retry_after":12}}                                           | 12000
          {"error":{"message":"Please retry in 39.50629s."}}                     | 39506
          {"error":{"message":"Please try again in 7m12s. Visit"}}               | 432000
          {"error":{"message":"Please try again in 250ms."}}                     | 250
          {"error":{"message":"Please retry after 6 seconds."}}                  | 6000
          {"error":{"message":"Please wait 20 seconds before retrying"}}         | 20000
          Slow down, try again in 2 minutes                                      | 120000
          """)
  void timeToWait_mayStandInTheBody(String body, long millis) throws Exception {
    FakeProvider provider = opened(FakeProvider.answering(Kind.OPENAI, 429, body));

    assertThat(provider.refused(Requests.plain("hi")).retryAfter())
        .hasValue(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"details":[{"retryDelay":"soon"}],"message":"try again in a while"}}
          {"error":{"message":"wait for 5 wishes, retry in 3 models"}}
          {"error":{"retry_after":-5}}
          """)
  void timeThatIsNone_isIgnored(String body) throws Exception {
    FakeProvider provider = opened(FakeProvider.answering(Kind.OPENAI, 429, body));

    assertThat(provider.refused(Requests.plain("hi")).retryAfter()).isEmpty();
  }

  @Test
  void meterThatIsUsedUp_isWaitedFor_andNoOther() throws Exception {
    String headers =
        "x-ratelimit-remaining-requests: 59\r\nx-ratelimit-reset-requests: 8ms\r\n"
            + "x-ratelimit-remaining-tokens: 0\r\nx-ratelimit-reset-tokens: 6m0s";

    Refused refused = of(refusing(429, headers), "k").refused(Requests.plain("hi"));

    assertThat(refused.retryAfter()).hasValue(Duration.ofMinutes(6));
  }

  @Test
  void tooFast_thatTellsWhereToPayForMore_isNotUsedUp() throws Exception {
    FakeProvider provider =
        opened(
            FakeProvider.answering(
                Kind.OPENAI,
                429,
                "{\"error\":{\"message\":\"Rate limit reached. Add a payment method at"
                    + " /account/billing\",\"type\":\"requests\","
                    + "\"code\":\"rate_limit_exceeded\"}}"));

    assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.RATE_LIMITED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"code":502,"message":"Provider returned error"}}        | OVERLOADED
          {"error":{"code":429,"message":"slower"}}                         | RATE_LIMITED
          {"error":{"code":"rate_limit_exceeded"}}                          | RATE_LIMITED
          {"error":{"type":"insufficient_quota"}}                           | AUTH
          {"error":{"type":"authentication_error"}}                         | AUTH
          {"error":{"type":"timeout_error"}}                                | TIMED_OUT
          {"error":{"type":"api_error","message":"Internal server error"}}  | OVERLOADED
          {"error":{"type":"overloaded_error"}}                             | OVERLOADED
          {"error":{"type":"odd","message":"about timeouts and billing"}}   | OVERLOADED
          {"error":{"type":"invalid_request_error"}}                        | BAD_REQUEST
          {"error":{"code":"context_length_exceeded"}}                      | CONTEXT_TOO_LONG
          """)
  void errorUnderAStatusOfSuccess_isTheFault(String body, ModelFault fault) throws Exception {
    FakeProvider whole = opened(FakeProvider.answering(Kind.OPENAI, 200, body));
    FakeProvider streamed = opened(FakeProvider.streaming(Kind.OPENAI, FakeProvider.events(body)));

    assertThat(whole.refused(Requests.plain("hi")).fault()).isEqualTo(fault);
    assertThat(streamed.refused(Requests.streamed("hi")).fault()).isEqualTo(fault);
  }

  @Test
  void filterThatLeftNothing_isTheFault() throws Exception {
    FakeProvider provider =
        opened(
            FakeProvider.answering(
                Kind.OPENAI,
                200,
                "{\"choices\":[{\"message\":{\"content\":\"\"},"
                    + "\"finish_reason\":\"content_filter\"}]}"));

    assertThat(provider.refused(Requests.plain("hi")).fault())
        .isEqualTo(ModelFault.CONTENT_FILTERED);
  }

  @Test
  void tooManyCallsOfOurOwn_areNotTheProvidersFault() {
    assertThat(Faults.of(new UpstreamOutcome.Failed(UpstreamOutcome.Fault.BUSY, "busy")).fault())
        .isEqualTo(ModelFault.ABORTED);
  }

  @Test
  void retryAfter_mayBeADate() throws Exception {
    Instant then = new ManualClock().instant().plusSeconds(90);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atZone(ZoneOffset.UTC));
    FakeProvider provider = of(refusing(503, "Retry-After: " + date), "k");

    Refused refused = provider.refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.OVERLOADED);
    assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({"-1", "soon", "1e9", "'1; drop'", "NaN"})
  void retryAfter_thatIsNone_isIgnored(String value) throws Exception {
    Refused refused = of(refusing(429, "Retry-After: " + value), "k").refused(Requests.plain("hi"));

    assertThat(refused.retryAfter()).isEmpty();
  }

  private static ScriptedServer refusing(int status, String header) throws IOException {
    return ScriptedServer.saying(
        "HTTP/1.1 %d No\r\n%s\r\nContent-Length: 2\r\n\r\n{}".formatted(status, header));
  }

  @Test
  void breaker_opensWhenNearlyAllFails_andClosesWhenItWorksAgain() throws Exception {
    List<String> works = new ArrayList<>();
    FakeProvider provider =
        of(
            new ScriptedServer(
                (request, connection) -> {
                  if (works.isEmpty()) {
                    ScriptedServer.write(
                        connection, ScriptedServer.answer(500, "application/json", "{}"));
                  } else {
                    FakeProvider.sayYes(connection);
                  }
                }),
            "k");
    for (int i = 0; i < 10; i++) {
      assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.OVERLOADED);
    }

    provider.clock.advance(Duration.ofSeconds(3));
    Refused open = provider.refused(Requests.plain("hi"));
    assertThat(open.fault()).isEqualTo(ModelFault.CIRCUIT_OPEN);
    assertThat(open.retryAfter()).hasValue(Duration.ofSeconds(7));
    assertThat(provider.requests()).hasSize(10);
    works.add("now");
    provider.clock.advance(Duration.ofSeconds(11));
    provider.answered(Requests.plain("hi"));
  }

  @Test
  void breaker_probeThatFails_isNoAttempt_andLeavesTheModelAloneForLonger() throws Exception {
    FakeProvider provider = of(ScriptedServer.answering(500, "application/json", "{}"), "k");
    for (int i = 0; i < 10; i++) {
      assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.OVERLOADED);
    }

    provider.clock.advance(Duration.ofSeconds(11));
    Refused probe = provider.refused(Requests.plain("hi"));

    assertThat(probe.fault()).isEqualTo(ModelFault.CIRCUIT_OPEN);
    assertThat(probe.message()).contains("OVERLOADED");
    assertThat(probe.retryAfter()).hasValue(Duration.ofSeconds(20));
    assertThat(provider.requests()).hasSize(11);
    provider.clock.advance(Duration.ofSeconds(11));
    assertThat(provider.refused(Requests.plain("hi")).retryAfter()).hasValue(Duration.ofSeconds(9));
    assertThat(provider.requests()).hasSize(11);
  }

  @Test
  void breaker_isOfOneModel_andItsNeighboursGoOn() throws Exception {
    ModelName sick = new ModelName("sick");
    ScriptedServer server =
        new ScriptedServer(
            (request, connection) -> {
              if (request.contains("\"sick\"")) {
                ScriptedServer.write(
                    connection, ScriptedServer.answer(500, "application/json", "{}"));
              } else {
                FakeProvider.sayYes(connection);
              }
            });
    FakeProvider provider =
        opened(
            FakeProvider.of(
                Kind.OPENAI,
                server,
                List.of("k"),
                Requests.MODEL,
                known -> alsoOffering(known, sick)));
    ModelRequest toSick = new ModelRequest("s", sick, Prompt.of("hi"));
    for (int i = 0; i < 10; i++) {
      provider.refused(toSick);
    }

    assertThat(provider.refused(toSick).fault()).isEqualTo(ModelFault.CIRCUIT_OPEN);
    provider.answered(Requests.plain("hi"));
  }

  private static ProviderSettings alsoOffering(ProviderSettings known, ModelName model) {
    List<ModelSpec> models = new ArrayList<>(known.models());
    models.add(Requests.spec(model));
    return new ProviderSettings(
        known.name(),
        known.kind(),
        known.base(),
        known.keys(),
        models,
        known.timeout(),
        known.idleTimeout(),
        known.connectTimeout(),
        known.delay());
  }

  @Test
  void refusals_doNotOpenTheBreaker() throws Exception {
    FakeProvider provider = of(ScriptedServer.answering(400, "application/json", "{}"), "k");

    for (int i = 0; i < 25; i++) {
      assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.BAD_REQUEST);
    }
  }

  @Test
  void silence_isTimedOut() throws Exception {
    FakeProvider provider =
        impatient(OpenAiServer.silent(), Duration.ofMillis(200), Duration.ofSeconds(20));

    assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.TIMED_OUT);
  }

  @Test
  void pauseWithinAStream_isTimedOut() throws Exception {
    String begun =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
            + FakeProvider.events("{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}");
    FakeProvider provider =
        impatient(
            new ScriptedServer(
                (request, connection) -> {
                  ScriptedServer.write(connection, begun);
                  connection.getInputStream().read();
                }),
            Duration.ofSeconds(20),
            Duration.ofMillis(200));

    assertThat(provider.refused(Requests.streamed("hi")).fault()).isEqualTo(ModelFault.TIMED_OUT);
    assertThat(provider.pieces).containsExactly("half");
  }

  private FakeProvider impatient(ScriptedServer server, Duration total, Duration idle) {
    return opened(
        FakeProvider.of(
            Kind.OPENAI,
            server,
            List.of(),
            Requests.MODEL,
            known -> Requests.impatient(known, total, idle)));
  }

  @Test
  void nobodyThere_isOverloaded() throws Exception {
    ScriptedServer gone = OpenAiServer.silent();
    FakeProvider provider = of(gone, "k");
    gone.close();

    assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.OVERLOADED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"OPENAI", "ANTHROPIC"})
  void answerAboveTheCap_isInvalid(Kind kind) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n";
    String piece = "x".repeat(1 << 20);
    for (String type : List.of("application/json", FakeProvider.STREAM)) {
      FakeProvider provider =
          opened(
              FakeProvider.of(
                  kind,
                  new ScriptedServer(
                      (request, connection) -> {
                        ScriptedServer.write(connection, head.formatted(type) + "data: ");
                        for (int i = 0; i < 18; i++) {
                          ScriptedServer.write(connection, piece);
                        }
                      }),
                  List.of()));

      assertThat(provider.refused(Requests.streamed("hi")).fault())
          .isEqualTo(ModelFault.UPSTREAM_INVALID);
    }
  }

  @Test
  void withoutAKey_noCredentialIsSent() throws Exception {
    FakeProvider provider = of(OpenAiServer.repeating());

    provider.answered(Requests.plain("hi"));

    assertThat(provider.requests().get(0)).doesNotContain("Authorization");
  }

  @Test
  void settings_doNotTellKeys() {
    ProviderSettings settings =
        Requests.provider(
            Kind.OPENAI, URI.create("http://localhost"), List.of("key-secret"), Requests.MODEL);

    assertThat(settings.toString()).doesNotContain("secret");
  }
}

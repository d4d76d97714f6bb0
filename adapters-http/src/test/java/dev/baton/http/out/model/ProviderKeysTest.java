package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several keys of one provider. */
final class ProviderKeysTest {
  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  private FakeProvider of(ScriptedServer server, String... keys) {
    FakeProvider provider = FakeProvider.of(Kind.OPENAI, server, List.of(keys));
    providers.add(provider);
    return provider;
  }

  /** One that refuses these keys, each with a status line and a header of its own. */
  private static ScriptedServer refusing(Map<String, String> heads) throws IOException {
    return new ScriptedServer(
        (request, connection) -> {
          for (Map.Entry<String, String> head : heads.entrySet()) {
            if (request.contains("Bearer " + head.getKey() + "\r\n")) {
              ScriptedServer.write(
                  connection,
                  "HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\n{}".formatted(head.getValue()));
              return;
            }
          }
          FakeProvider.sayYes(connection);
        });
  }

  private static String tooFast(int seconds) {
    return "429 No\r\nRetry-After: " + seconds;
  }

  @ParameterizedTest
  @CsvSource({"401", "429"})
  void refusedKey_restsAndTheNextIsUsed(int status) throws Exception {
    FakeProvider provider =
        of(
            new ScriptedServer(
                (request, connection) -> {
                  if (request.contains("Bearer bad")) {
                    ScriptedServer.write(
                        connection, ScriptedServer.answer(status, "application/json", "{}"));
                  } else {
                    FakeProvider.sayYes(connection);
                  }
                }),
            "bad",
            "good");

    provider.answered(Requests.plain("first"));
    provider.answered(Requests.plain("second"));

    assertThat(provider.requests()).hasSize(3);
    assertThat(provider.requests().get(1)).contains("Bearer good");
    assertThat(provider.requests().get(2)).contains("Bearer good");
  }

  @Test
  void allKeysRefused_isOneRefusal_andTheyAreTriedAgainLater() throws Exception {
    FakeProvider provider = of(ScriptedServer.answering(401, "application/json", "{}"), "a", "b");

    assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.AUTH);
    assertThat(provider.requests()).hasSize(2);
    provider.clock.advance(Duration.ofSeconds(61));
    assertThat(provider.refused(Requests.plain("hi")).fault()).isEqualTo(ModelFault.AUTH);
    assertThat(provider.requests()).hasSize(4);
  }

  @Test
  void keys_areUsedInTurn() throws Exception {
    FakeProvider provider = of(OpenAiServer.repeating(), "a", "b");

    provider.answered(Requests.plain("1"));
    provider.answered(Requests.plain("2"));
    provider.answered(Requests.plain("3"));

    assertThat(provider.requests())
        .extracting(request -> request.contains("Bearer a"))
        .containsExactly(true, false, true);
  }

  @Test
  void serverError_isNotAskedAgainWithTheNextKey() throws Exception {
    FakeProvider provider = of(ScriptedServer.answering(500, "application/json", "{}"), "a", "b");

    provider.refused(Requests.plain("hi"));

    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void refusalWithinAStream_isNotAskedAgainWithTheNextKey() throws Exception {
    FakeProvider provider =
        of(
            ScriptedServer.answering(
                200,
                FakeProvider.STREAM,
                FakeProvider.events("{\"error\":{\"type\":\"rate_limit_error\"}}")),
            "a",
            "b");

    assertThat(provider.refused(Requests.streamed("hi")).fault())
        .isEqualTo(ModelFault.RATE_LIMITED);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void whenAllAreUsedTooFast_theOneThatIsFreeFirstSaysHowLong() throws Exception {
    FakeProvider provider = of(refusing(Map.of("a", tooFast(2), "b", tooFast(3_600))), "a", "b");

    Refused refused = provider.refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.RATE_LIMITED);
    assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(2));
  }

  @Test
  void keyThatRestsSinceAnEarlierCall_isCountedIn() throws Exception {
    List<String> worn = new ArrayList<>();
    FakeProvider provider =
        of(
            new ScriptedServer(
                (request, connection) -> {
                  boolean isFirst = request.contains("Bearer a");
                  if (isFirst || !worn.isEmpty()) {
                    ScriptedServer.write(
                        connection,
                        "HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\n{}"
                            .formatted(tooFast(isFirst ? 30 : 900)));
                  } else {
                    FakeProvider.sayYes(connection);
                  }
                }),
            "a",
            "b");
    provider.answered(Requests.plain("refused to a, answered to b"));
    provider.clock.advance(Duration.ofSeconds(10));
    worn.add("b");

    assertThat(provider.refused(Requests.plain("hi")).retryAfter())
        .hasValue(Duration.ofSeconds(20));
  }

  @Test
  void keyThatIsRefused_doesNotHideOneThatIsOnlyUsedTooFast() throws Exception {
    FakeProvider provider =
        of(refusing(Map.of("fast", tooFast(5), "bad", "401 No")), "fast", "bad");

    Refused refused = provider.refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(ModelFault.RATE_LIMITED);
    assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(5));
  }
}

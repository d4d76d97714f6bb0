package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.upstream.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams whose connection ends before the stream says so. */
final class BrokenStreamTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
  private static final String BEGUN = "{\"choices\":[{\"delta\":{\"content\":\"all\"}}]}";
  private static final String REASON = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

  /** What becomes of the connection after the last event. */
  private enum End {
    RESET,
    SILENT,
    WITHIN_A_CHUNK,
    WITHIN_AN_EVENT
  }

  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  private FakeProvider ending(Kind kind, End end, String... data) throws Exception {
    String events = FakeProvider.events(data);
    ScriptedServer server =
        new ScriptedServer(
            (request, connection) -> {
              if (end == End.WITHIN_A_CHUNK) {
                String size = Integer.toHexString(events.length());
                ScriptedServer.write(
                    connection,
                    HEAD + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + events);
                // The library drops what it reads together with a wrong end.
                await().until(() -> !providers.get(0).pieces.isEmpty());
                return;
              }
              ScriptedServer.write(connection, HEAD + "\r\n" + events);
              if (end == End.SILENT) {
                connection.getInputStream().read();
              } else if (end == End.WITHIN_AN_EVENT) {
                ScriptedServer.write(connection, "data: {\"choi");
              } else {
                connection.setSoLinger(true, 0);
              }
            });
    FakeProvider provider =
        FakeProvider.of(
            kind,
            server,
            List.of("k"),
            Requests.MODEL,
            known ->
                Requests.impatient(
                    known,
                    Duration.ofSeconds(20),
                    end == End.SILENT ? Duration.ofMillis(200) : Duration.ofSeconds(20)));
    providers.add(provider);
    return provider;
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"SILENT", "WITHIN_A_CHUNK", "WITHIN_AN_EVENT"})
  void answerWhoseEndWasSeen_isOne(End end) throws Exception {
    FakeProvider provider = ending(Kind.OPENAI, end, BEGUN, REASON);

    assertThat(provider.answered(Requests.streamed("hi")).completion().content()).isEqualTo("all");
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void answerWhoseEndWasNotSeen_isNone(End end) throws Exception {
    FakeProvider provider = ending(Kind.OPENAI, end, BEGUN);

    assertThat(provider.refused(Requests.streamed("hi")).fault())
        .isIn(ModelFault.UPSTREAM_INVALID, ModelFault.TIMED_OUT, ModelFault.OVERLOADED);
  }

  @Test
  void answerOfAnthropics_endsWithItsReason() throws Exception {
    FakeProvider provider =
        ending(
            Kind.ANTHROPIC,
            End.SILENT,
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\"all\"}}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}");

    assertThat(provider.answered(Requests.streamed("hi")).completion().content()).isEqualTo("all");
  }

  @Test
  void errorAfterTheReason_isAnErrorAllTheSame() throws Exception {
    FakeProvider provider =
        ending(Kind.OPENAI, End.SILENT, BEGUN, REASON, "{\"error\":{\"type\":\"api_error\"}}");

    assertThat(provider.refused(Requests.streamed("hi")).fault()).isEqualTo(ModelFault.OVERLOADED);
  }
}

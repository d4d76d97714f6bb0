package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.core.testing.ManualClock;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.model.protocol.AnthropicProtocol;
import dev.baton.http.out.model.protocol.OpenAiProtocol;
import dev.baton.http.out.model.protocol.Protocol;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.ScriptedServer;
import dev.baton.http.out.upstream.UpstreamClient;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A provider whose server does what a test says, and a client of it. */
final class FakeProvider implements AutoCloseable {
  static final String STREAM = "text/event-stream";
  final ManualClock clock = new ManualClock();
  final List<String> pieces = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedServer server;
  private final UpstreamClient upstream = new UpstreamClient(OutboundRules.STRICT);
  private final ModelClient client;

  private FakeProvider(ScriptedServer server, ProviderSettings settings) {
    this.server = server;
    Protocol protocol =
        settings.kind() == Kind.ANTHROPIC ? new AnthropicProtocol() : new OpenAiProtocol();
    this.client = new ProviderClient(settings, protocol, upstream, clock);
  }

  static FakeProvider of(Kind kind, ScriptedServer server, List<String> keys) {
    return of(kind, server, keys, Requests.MODEL, settings -> settings);
  }

  static FakeProvider of(
      Kind kind,
      ScriptedServer server,
      List<String> keys,
      ModelName model,
      UnaryOperator<ProviderSettings> change) {
    return new FakeProvider(
        server, change.apply(Requests.provider(kind, server.uri("/v1"), keys, model)));
  }

  static FakeProvider answering(Kind kind, int status, String body) throws IOException {
    return of(
        kind, ScriptedServer.answering(status, "application/json", body), List.of("key-secret"));
  }

  static FakeProvider streaming(Kind kind, String events) throws IOException {
    return of(kind, ScriptedServer.answering(200, STREAM, events), List.of("key-secret"));
  }

  /** A whole answer in OpenAI's protocol. */
  static void sayYes(Socket connection) throws IOException {
    ScriptedServer.write(
        connection,
        ScriptedServer.answer(
            200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}"));
  }

  /** Data lines, each an event of its own. */
  static String events(String... data) {
    StringBuilder text = new StringBuilder();
    for (String one : data) {
      text.append("data: ").append(one).append("\n\n");
    }
    return text.toString();
  }

  ModelClient client() {
    return client;
  }

  List<String> requests() {
    return server.requests();
  }

  /** The body of the last request. */
  JsonNode asked() {
    String request = server.requests().get(server.requests().size() - 1);
    return Json.trusted(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  ModelOutcome ask(ModelRequest request) throws Exception {
    return client.ask(request, pieces::add).outcome().get(30, TimeUnit.SECONDS);
  }

  Answered answered(ModelRequest request) throws Exception {
    ModelOutcome outcome = ask(request);
    if (outcome instanceof Answered answered) {
      return answered;
    }
    throw new AssertionError(outcome);
  }

  Refused refused(ModelRequest request) throws Exception {
    ModelOutcome outcome = ask(request);
    if (outcome instanceof Refused refused) {
      return refused;
    }
    throw new AssertionError(outcome);
  }

  @Override
  public void close() {
    client.close();
    upstream.close();
    server.close();
  }
}

package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.out.model.protocol.ChatText;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.ScriptedServer;
import java.io.IOException;
import java.net.Socket;

/** Answers Anthropic's messages by repeating the last one. */
final class AnthropicServer {
  private static final int PIECE = 5;

  private AnthropicServer() {}

  static ScriptedServer repeating() throws IOException {
    return new ScriptedServer(AnthropicServer::serve);
  }

  private static void serve(String request, Socket connection) throws IOException {
    JsonNode body = Json.trusted(request.substring(request.indexOf("\r\n\r\n") + 4));
    JsonNode messages = body.path("messages");
    String said = "You said: " + ChatText.text(messages.path(messages.size() - 1));
    ObjectNode message =
        Json.newObject()
            .put("id", "msg_1")
            .put("type", "message")
            .put("role", "assistant")
            .put("model", body.path("model").asText());
    message.putObject("usage").put("input_tokens", 3).put("output_tokens", 1);
    if (body.path("stream").asBoolean()) {
      ScriptedServer.write(
          connection, ScriptedServer.answer(200, FakeProvider.STREAM, streamed(message, said)));
      return;
    }
    message.putArray("content").addObject().put("type", "text").put("text", said);
    message.put("stop_reason", "end_turn");
    ScriptedServer.write(
        connection, ScriptedServer.answer(200, "application/json", Json.text(message)));
  }

  private static String streamed(ObjectNode message, String said) {
    StringBuilder events = new StringBuilder();
    ObjectNode start = Json.newObject().put("type", "message_start");
    start.set("message", message);
    events.append("event: message_start\n").append(FakeProvider.events(Json.text(start)));
    events.append(
        FakeProvider.events(
            "{\"type\":\"content_block_start\",\"index\":0,"
                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "{\"type\":\"ping\"}"));
    for (int at = 0; at < said.length(); at += PIECE) {
      ObjectNode event = Json.newObject().put("type", "content_block_delta").put("index", 0);
      event
          .putObject("delta")
          .put("type", "text_delta")
          .put("text", said.substring(at, Math.min(said.length(), at + PIECE)));
      events.append(FakeProvider.events(Json.text(event)));
    }
    return events
        .append(
            FakeProvider.events(
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                    + "\"usage\":{\"output_tokens\":4}}",
                "{\"type\":\"message_stop\"}"))
        .toString();
  }
}

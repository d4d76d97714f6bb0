package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.out.model.protocol.ChatText;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.ScriptedServer;
import java.io.IOException;
import java.net.Socket;

/** Answers chat completions by repeating the last message. */
final class OpenAiServer {
  private static final int PIECE = 5;

  private OpenAiServer() {}

  static ScriptedServer repeating() throws IOException {
    return new ScriptedServer(OpenAiServer::serve);
  }

  /** One that takes requests and says nothing until the client goes. */
  static ScriptedServer silent() throws IOException {
    return new ScriptedServer((request, connection) -> connection.getInputStream().read());
  }

  private static void serve(String request, Socket connection) throws IOException {
    JsonNode body = Json.trusted(request.substring(request.indexOf("\r\n\r\n") + 4));
    String said = "You said: " + ChatText.text(body.path("messages").path(0));
    String model = body.path("model").asText();
    if (!body.path("stream").asBoolean()) {
      ScriptedServer.write(
          connection, ScriptedServer.answer(200, "application/json", whole(model, said)));
      return;
    }
    StringBuilder events = new StringBuilder();
    for (int at = 0; at < said.length(); at += PIECE) {
      String piece = said.substring(at, Math.min(said.length(), at + PIECE));
      ObjectNode chunk = Json.newObject().put("id", "chatcmpl-1").put("model", model);
      chunk.putArray("choices").addObject().putObject("delta").put("content", piece);
      events.append(FakeProvider.events(Json.text(chunk)));
    }
    events.append(
        FakeProvider.events(
            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,"
                + "\"total_tokens\":7}}",
            "[DONE]"));
    ScriptedServer.write(
        connection, ScriptedServer.answer(200, "text/event-stream", events.toString()));
  }

  private static String whole(String model, String said) {
    ObjectNode answer =
        Json.newObject()
            .put("id", "chatcmpl-1")
            .put("object", "chat.completion")
            .put("model", model);
    ObjectNode choice = answer.putArray("choices").addObject().put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", said);
    answer
        .putObject("usage")
        .put("prompt_tokens", 3)
        .put("completion_tokens", 4)
        .put("total_tokens", 7);
    return Json.text(answer);
  }
}

package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.json.Json;
import java.util.Map;
import java.util.Optional;

/** A reply as its client would see it. */
record Answer(int status, Optional<String> contentType, Map<String, String> headers, String body) {

  public static Answer of(Reply reply) {
    if (reply instanceof Reply.Json json) {
      return new Answer(
          json.status(),
          Optional.of(Reply.JSON_TYPE),
          json.headers(),
          new String(Json.encode(json.body()), UTF_8));
    }
    if (reply instanceof Reply.Bytes bytes) {
      String body = UTF_8.decode(bytes.content().duplicate()).toString();
      return new Answer(bytes.status(), Optional.of(bytes.contentType()), bytes.headers(), body);
    }
    if (reply instanceof Reply.Empty empty) {
      return new Answer(empty.status(), Optional.empty(), empty.headers(), "");
    }
    throw new IllegalStateException("this dialect has no such reply: " + reply);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public boolean isReplay() {
    return header("Idempotent-Replayed").equals(Optional.of("true"));
  }

  public JsonNode json() {
    return parse(body);
  }

  String text(String member) {
    return json().path(member).asText();
  }

  public static JsonNode parse(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}

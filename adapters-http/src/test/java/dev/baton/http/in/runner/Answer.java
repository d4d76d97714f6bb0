package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.json.Json;
import java.util.Map;
import java.util.Optional;

/** A reply as its client would see it. */
public record Answer(int status, Map<String, String> headers, String body) {

  public static Answer of(Reply reply) {
    if (reply instanceof Reply.Json json) {
      String body = new String(Json.encode(json.body()), UTF_8);
      return new Answer(json.status(), json.headers(), body);
    }
    if (reply instanceof Reply.Bytes bytes) {
      String body = UTF_8.decode(bytes.content().duplicate()).toString();
      return new Answer(bytes.status(), bytes.headers(), body);
    }
    if (reply instanceof Reply.Empty empty) {
      return new Answer(empty.status(), empty.headers(), "");
    }
    throw new IllegalStateException("no reply that is read as a whole: " + reply);
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

  /** What is in the envelope. */
  public JsonNode data() {
    return json().path("data");
  }

  /** A member of the data, as text. */
  public String data(String member) {
    return data().path(member).asText();
  }

  /** The code of a refusal; empty for none. */
  public String code() {
    return json().path("error").path("code").asText();
  }

  /** Where the first wrong value of the body stands. */
  String pointer() {
    return json().path("error").path("details").path("fields").path(0).path("pointer").asText();
  }

  public static JsonNode parse(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}

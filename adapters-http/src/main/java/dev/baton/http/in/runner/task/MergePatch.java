package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.http.in.json.Json;

/** JSON merge patch (RFC 7396) of one object by another. */
final class MergePatch {

  private MergePatch() {}

  /** Both are JSON objects that were parsed before. A patch that names nothing changes no byte. */
  static String applied(String target, String patch) {
    try {
      JsonNode changes = Json.mapper().readTree(patch);
      if (changes.isEmpty()) {
        return target;
      }
      JsonNode merged = merged(Json.mapper().readTree(target), changes);
      return Json.mapper().writeValueAsString(merged);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("both were parsed before", e);
    }
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? (ObjectNode) target : Json.mapper().createObjectNode();
    patch
        .properties()
        .forEach(
            change -> {
              if (change.getValue().isNull()) {
                result.remove(change.getKey());
              } else {
                result.set(
                    change.getKey(), merged(result.path(change.getKey()), change.getValue()));
              }
            });
    return result;
  }
}

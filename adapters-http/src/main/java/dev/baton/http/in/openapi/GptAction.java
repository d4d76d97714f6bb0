package dev.baton.http.in.openapi;

import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The slice that a Custom GPT's action is made from, cut to what its editor takes: one server, at
 * most 300 characters of description for an operation and 700 for a parameter, and no question to
 * the user before each call.
 */
final class GptAction {
  static final int OPERATION_TEXT_MAX = 300;
  static final int PARAMETER_TEXT_MAX = 700;

  private GptAction() {}

  static Map<String, Object> document(
      OpenApiDocument writer, Collection<Dialect> dialects, String server) {
    return cutMap(writer.slice(dialects, GptAction::chosen, server), OPERATION_TEXT_MAX);
  }

  private static Optional<Route> chosen(Route route) {
    return Optional.of(route)
        .filter(r -> r.doc().gptAction())
        .map(r -> r.withDoc(r.doc().ofGptAction()));
  }

  private static Map<String, Object> cutMap(Map<?, ?> map, int max) {
    Map<String, Object> cut = new LinkedHashMap<>();
    // A parameter is what has a place; everything in it may be longer.
    int inner = map.containsKey("in") && map.containsKey("schema") ? PARAMETER_TEXT_MAX : max;
    map.forEach((key, value) -> cut.put((String) key, cutValue((String) key, value, inner)));
    if (map.containsKey("operationId")) {
      cut.put("x-openai-isConsequential", false);
    }
    return cut;
  }

  private static Object cutValue(String key, Object value, int max) {
    if (value instanceof Map<?, ?> map) {
      return key.equals("example") ? map : cutMap(map, max);
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(item -> cutValue("", item, max)).toList();
    }
    boolean text = key.equals("description") || key.equals("summary");
    return text ? shortened((String) value, max) : value;
  }

  private static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 3).stripTrailing() + "...";
  }
}

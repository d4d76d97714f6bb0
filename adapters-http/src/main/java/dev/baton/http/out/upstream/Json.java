package dev.baton.http.out.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** JSON of providers, whose answers are a stranger's word. */
public final class Json {
  public static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(UpstreamLimits.MOST)
                .maxNestingDepth(200)
                .build());
    return mapper;
  }

  /** The object that the text is, if it is one. */
  public static Optional<JsonNode> object(String text) {
    return container(text).filter(JsonNode::isObject);
  }

  /** The object or array that the text is, if it is one. */
  public static Optional<JsonNode> container(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return Optional.ofNullable(node).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** What the core keeps as JSON was parsed when it came in. */
  public static JsonNode trusted(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the core keeps what is no JSON", e);
    }
  }

  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write JSON", e);
    }
  }
}

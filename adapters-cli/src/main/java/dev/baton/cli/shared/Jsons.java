package dev.baton.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.client.TaskView.Wait;
import dev.baton.core.domain.input.JsonCodec;
import dev.baton.core.domain.prompt.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as the commands read and write it: strict, one line, members in the order given. */
public final class Jsons {
  private static final int TEXT_MAX = 20 * 1024 * 1024;

  /** Values as the core reads them. */
  public static final JsonCodec CODEC = new Codec();

  private Jsons() {}

  /** Why nobody works on something, as the commands write it for programs. */
  public static Map<String, Object> wait(Wait wait) {
    return new Members()
        .put("reason", wait.reason())
        .put("sentence", wait.sentence())
        .put("ahead", wait.ahead())
        .put("estimateSeconds", wait.estimate().map(time -> time.toMillis() / 1_000.0))
        .putText("until", wait.until())
        .toMap();
  }

  /** Made when first needed: most calls of a command line read and write no JSON. */
  private static final class Mapper {
    static final ObjectMapper INSTANCE =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
      INSTANCE
          .getFactory()
          .setStreamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonCodec.NESTING_MAX)
                  .maxStringLength(TEXT_MAX)
                  .build());
    }
  }

  private static final class Codec implements JsonCodec {
    @Override
    public @Nullable Object parse(String json) {
      try {
        return Mapper.INSTANCE.readValue(json, Object.class);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("it is not JSON", e);
      }
    }

    @Override
    public String write(Object value) {
      return Jsons.write(value);
    }
  }

  /** One line of JSON. */
  public static String write(Object value) {
    try {
      return Mapper.INSTANCE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own can't be written as JSON", e);
    }
  }

  /** Reads one value that fills {@code text}. */
  public static JsonNode read(String text) throws JsonProcessingException {
    return Mapper.INSTANCE.readTree(text);
  }

  /** An object, kept as it was written. */
  public static Metadata metadata(String text) {
    try {
      if (read(text).isObject()) {
        return new Metadata(text.strip());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata is a JSON object: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("metadata is a JSON object, such as {\"locale\":\"fr\"}");
  }

  /** An object that is put together member by member; what is absent is left out. */
  public static final class Members {
    private final Map<String, Object> members = new LinkedHashMap<>();

    @CanIgnoreReturnValue
    public Members put(String name, Object value) {
      members.put(name, value);
      return this;
    }

    @CanIgnoreReturnValue
    public Members put(String name, Optional<?> value) {
      value.ifPresent(present -> members.put(name, present));
      return this;
    }

    /** Instants and names are written as their texts. */
    @CanIgnoreReturnValue
    public Members putText(String name, Optional<?> value) {
      value.ifPresent(present -> members.put(name, present.toString()));
      return this;
    }

    @CanIgnoreReturnValue
    public Members putRaw(String name, String json) {
      members.put(name, new RawValue(json));
      return this;
    }

    public Map<String, Object> toMap() {
      return members;
    }
  }
}

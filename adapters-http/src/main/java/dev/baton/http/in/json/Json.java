package dev.baton.http.in.json;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The one way JSON is read and written here: strictly. Doubled members, trailing text, comments,
 * NaN, nesting beyond 100 levels and numbers beyond 1,000 digits are refused; there is no default
 * typing. Thread-safe.
 */
public final class Json {
  static final int NESTING_MAX = 100;
  static final int NUMBER_LENGTH_MAX = 1_000;
  static final int NAME_LENGTH_MAX = 10_000;
  // Bodies are bounded before they are parsed, so this only says that a text may fill one.
  private static final int TEXT_LENGTH_MAX = Integer.MAX_VALUE;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_MAX)
                  .maxNumberLength(NUMBER_LENGTH_MAX)
                  .maxNameLength(NAME_LENGTH_MAX)
                  .maxStringLength(TEXT_LENGTH_MAX)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .addModule(new Jdk8Module())
          .addModule(new WireModule())
          .withConfigOverride(Optional.class, Json::leftOutWhenEmpty)
          .withConfigOverride(OptionalInt.class, Json::leftOutWhenEmpty)
          .withConfigOverride(OptionalLong.class, Json::leftOutWhenEmpty)
          .withConfigOverride(OptionalDouble.class, Json::leftOutWhenEmpty)
          .build();

  private static void leftOutWhenEmpty(MutableConfigOverride config) {
    config.setInclude(JsonInclude.Value.construct(NON_ABSENT, NON_ABSENT));
  }

  private Json() {}

  /** For what is not on the hot path: whole trees, or records by databind. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** As UTF-8. A body that cannot be encoded is a bug. */
  public static byte[] encode(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reply cannot be encoded: " + body.getClass(), e);
    }
  }

  /**
   * Refuses what does not say that it is JSON in UTF-8: {@code application/json} or {@code
   * application/…+json}, without a charset or with that one.
   */
  public static void requireJson(Request request) {
    String type = request.header("Content-Type").orElse("");
    if (!isJson(type)) {
      throw new BatonException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json in UTF-8");
    }
  }

  public static boolean isJson(String contentType) {
    if (contentType.equals(Reply.JSON_TYPE)) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    String media = parts[0].strip();
    if (!media.equals(Reply.JSON_TYPE)
        && !(media.startsWith("application/") && media.endsWith("+json"))) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}

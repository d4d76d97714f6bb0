package dev.baton.http.out.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.baton.core.domain.id.LeaseId;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The core's values as JSON, both ways: a record of one text as that text, a record of one JSON
 * value as it was written, constants in lower case, all other records member by member, by the
 * names of {@link WireNames}. What is unknown is passed over; what is missing, and not optional, or
 * wrong is refused.
 */
final class ClientJson {
  private static final int TEXT_MAX = 64 * 1024 * 1024;
  private static final String SOURCE = "source";
  private static final ObjectMapper MAPPER = mapper();

  private ClientJson() {}

  private static ObjectMapper mapper() {
    SimpleModule values = new SimpleModule("values");
    values.setDeserializers(new ValueDeserializers());
    values.setSerializers(new ValueSerializers());
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModules(new Jdk8Module(), values)
            .annotationIntrospector(new WireNames())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(TEXT_MAX).build());
    return mapper;
  }

  /**
   * Reads what stands at {@code pointer} in {@code body}.
   *
   * @throws IOException when there is nothing, or nothing of this type
   */
  static <T> T read(byte[] body, Class<T> type, String pointer) throws IOException {
    return at(MAPPER.readerFor(type), pointer).withAttribute(SOURCE, body).readValue(body);
  }

  private static ObjectReader at(ObjectReader reader, String pointer) {
    return pointer.isEmpty() ? reader : reader.at(pointer);
  }

  /** Reads a list; see {@link #read}. */
  static <T> List<T> readAll(byte[] body, Class<T> type, String pointer) throws IOException {
    return at(MAPPER.readerForListOf(type), pointer).withAttribute(SOURCE, body).readValue(body);
  }

  /** A value of our own as JSON. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own can't be written as JSON", e);
    }
  }

  /** The members of a record. */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> members(Object value) {
    return MAPPER.convertValue(value, Map.class);
  }

  /** The only component of a record that is named so and a text. */
  private static boolean isRecordOf(String component, Class<?> type) {
    if (!type.isRecord()) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1
        && components[0].getName().equals(component)
        && components[0].getType() == String.class;
  }

  private static final class ValueDeserializers extends SimpleDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription bean) {
      Class<?> raw = type.getRawClass();
      boolean isText = raw == Instant.class || raw == Duration.class || raw == LeaseId.class;
      return isText || isRecordOf("value", raw) || isRecordOf("json", raw)
          ? new ValueReader(raw)
          : null;
    }
  }

  private static final class ValueReader extends StdDeserializer<Object> {
    private static final long serialVersionUID = 1L;

    ValueReader(Class<?> type) {
      super(type);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (isRecordOf("json", handledType())) {
        return made(raw(parser, context), context);
      }
      if (handledType() == Duration.class) {
        return Duration.ofMillis(Math.round(parser.getDoubleValue() * 1_000));
      }
      return made(parser.getText(), context);
    }

    private Object made(String text, DeserializationContext context) throws IOException {
      try {
        if (handledType() == Instant.class) {
          return Instant.parse(text);
        }
        if (handledType() == LeaseId.class) {
          return LeaseId.parse(text).orElseThrow();
        }
        return handledType().getDeclaredConstructor(String.class).newInstance(text);
      } catch (ReflectiveOperationException | RuntimeException e) {
        return context.handleWeirdStringValue(handledType(), text, "%s", e);
      }
    }

    /** To the byte, as its sender wrote it. */
    private static String raw(JsonParser parser, DeserializationContext context)
        throws IOException {
      int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      int end = Math.toIntExact(parser.currentLocation().getByteOffset());
      byte[] source = (byte[]) context.getAttribute(SOURCE);
      return new String(source, start, end - start, StandardCharsets.UTF_8);
    }
  }

  private static final class ValueSerializers extends SimpleSerializers {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable JsonSerializer<?> findSerializer(
        SerializationConfig config, JavaType type, BeanDescription bean) {
      Class<?> raw = type.getRawClass();
      if (raw == Instant.class || raw == LeaseId.class) {
        return ToStringSerializer.instance;
      }
      boolean isText = isRecordOf("value", raw);
      return isText || isRecordOf("json", raw) ? new ValueWriter(raw, !isText) : null;
    }
  }

  private static final class ValueWriter extends StdSerializer<Object> {
    private static final long serialVersionUID = 1L;

    private final boolean asItIs;

    ValueWriter(Class<?> type, boolean asItIs) {
      super(type, true);
      this.asItIs = asItIs;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      try {
        String text = (String) handledType().getRecordComponents()[0].getAccessor().invoke(value);
        if (asItIs) {
          json.writeRawValue(text);
        } else {
          json.writeString(text);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

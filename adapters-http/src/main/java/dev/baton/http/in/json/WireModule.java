package dev.baton.http.in.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;

/**
 * How types of Java are written: enums as lower-case words, durations as seconds, and every {@link
 * TextType} as its text.
 */
final class WireModule extends SimpleModule {
  private static final long serialVersionUID = 1L;
  private static final double MILLIS = 1_000;

  /** Writes one value. */
  private interface Writer<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private static final class Writing<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Writer<T> writer;

    Writing(Class<T> type, Writer<T> writer) {
      super(type);
      this.writer = writer;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      writer.write(value, json);
    }
  }

  WireModule() {
    super("wire");
    add(Enum.class, (constant, json) -> json.writeString(RecordMember.word(constant)));
    add(Duration.class, (time, json) -> json.writeNumber(time.toMillis() / MILLIS));
    TextType.ALL.forEach(this::add);
  }

  private <T> void add(TextType<T> text) {
    add(text.type(), (value, json) -> json.writeString(text.writer().apply(value)));
  }

  private <T> void add(Class<T> type, Writer<T> writer) {
    addSerializer(type, new Writing<>(type, writer));
  }
}

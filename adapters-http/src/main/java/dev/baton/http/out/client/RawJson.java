package dev.baton.http.out.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A value as its sender wrote it, to the byte. Reading needs the attribute {@link #SOURCE}. */
@JsonDeserialize(using = RawJson.Reader.class)
record RawJson(String text) {
  /** The bytes that are read. */
  static final String SOURCE = "source";

  static final class Reader extends StdDeserializer<RawJson> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      int end = Math.toIntExact(parser.currentLocation().getByteOffset());
      byte[] source = (byte[]) context.getAttribute(SOURCE);
      return new RawJson(new String(source, start, end - start, StandardCharsets.UTF_8));
    }
  }
}

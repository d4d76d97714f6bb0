package dev.baton.http.in.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.Utf8;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.FieldErrors;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one body in one pass. Used once, by one thread. */
public final class JsonReader {
  private static final String NO_OBJECT =
      "Input should be a valid dictionary or object to extract fields from";
  private static final Pattern PLAIN_NAME = Pattern.compile("['\"]([A-Za-z0-9_.-]{1,64})['\"]");

  private final byte[] body;
  private final int start;
  private final JsonCursor cursor = new JsonCursor();

  private JsonReader(byte[] body) {
    this.body = body;
    this.start = JsonText.bomLength(body);
  }

  /**
   * Reads the body as one object of this shape, whatever its content type says.
   *
   * @throws FieldErrors with {@code MALFORMED_BODY} if it is not strict JSON in UTF-8, with {@code
   *     VALIDATION_FAILED} and every wrong value if it is, but not of this shape
   * @throws dev.baton.core.domain.error.BatonException with {@code PAYLOAD_TOO_LARGE} if a large
   *     text is larger than its bound
   */
  public static JsonValues read(JsonShape shape, byte[] body) {
    return new JsonReader(body).read(shape);
  }

  private JsonValues read(JsonShape shape) {
    boolean plain = JsonText.isPlain(body);
    if (!plain && !Utf8.isWellFormed(body)) {
      throw JsonCursor.malformed("the body is not UTF-8", 0);
    }
    JsonValues values;
    try (JsonParser parser = Json.FACTORY.createParser(body, start, body.length - start)) {
      values = readDocument(parser, shape);
    } catch (JsonProcessingException e) {
      throw JsonCursor.malformed(told(e), offset(e));
    } catch (IOException e) {
      throw new IllegalStateException("reading an array cannot fail", e);
    }
    if (!plain) {
      JsonText.checkEscapes(body);
    }
    if (!cursor.errors().isEmpty()) {
      throw new FieldErrors(ErrorCode.VALIDATION_FAILED, cursor.errors());
    }
    values.ignoredAnywhere(cursor.ignored());
    return values;
  }

  /** The library's own message may quote the body: of that, only a plain name is passed on. */
  private static String told(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (!message.startsWith("Duplicate field")) {
      return "the body is not valid JSON";
    }
    Matcher named = PLAIN_NAME.matcher(message);
    return named.find()
        ? "the body is not valid JSON: the member " + named.group(1) + " is given twice"
        : "the body is not valid JSON: a member is given twice";
  }

  private static long offset(JsonProcessingException e) {
    JsonLocation at = e.getLocation(); // null where one of the parser's own bounds was reached
    return at == null ? 0 : at.getByteOffset();
  }

  private JsonValues readDocument(JsonParser parser, JsonShape shape) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw JsonCursor.malformed("a JSON body is required", 0);
    }
    JsonValues values = new JsonValues(shape);
    if (first == JsonToken.START_OBJECT) {
      readObject(parser, values, shape);
    } else {
      cursor.pass(parser);
      cursor.wrong(NO_OBJECT, "dict_type");
    }
    if (parser.nextToken() != null) {
      throw JsonCursor.malformed(
          "there is text after the JSON", parser.currentLocation().getByteOffset());
    }
    return values;
  }

  private void readObject(JsonParser parser, JsonValues values, JsonShape shape)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int index = shape.index(name);
      JsonToken token = parser.nextToken();
      if (index < 0) {
        values.ignore(name);
        cursor.ignore(name);
        if (shape.keepsOthers()) {
          values.keep(name, copied(parser));
        } else {
          cursor.pass(parser);
        }
      } else if (token == JsonToken.VALUE_NULL && shape.isNullable(index)) {
        values.setNull(index);
      } else {
        cursor.enter(name);
        readMember(parser, values, shape, index);
        cursor.leave();
      }
    }
    for (int i = 0; i < shape.size(); i++) {
      if (shape.isRequired(i) && !values.isSet(i) && !cursor.isReported(shape.member(i).name())) {
        cursor.enter(shape.member(i).name());
        cursor.wrong("Field required", "missing");
        cursor.leave();
      }
    }
  }

  /** The value as JSON, whatever it is. */
  private String copied(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = Json.FACTORY.createGenerator(text)) {
      copy.copyCurrentStructureExact(parser);
    }
    String json = text.toString();
    try (JsonParser again = Json.FACTORY.createParser(json)) {
      again.nextToken();
      cursor.pass(again);
    }
    return json;
  }

  private void readMember(JsonParser parser, JsonValues values, JsonShape shape, int index)
      throws IOException {
    JsonShape.Member member = shape.member(index);
    switch (member.kind()) {
      case TEXT, LARGE_TEXT -> set(values, index, JsonScalars.text(parser, member, cursor));
      case WORD -> set(values, index, JsonScalars.word(parser, member, cursor));
      case INTEGER -> set(values, index, JsonScalars.integer(parser, member, cursor));
      case NUMBER -> set(values, index, JsonScalars.number(parser, member, cursor));
      case BOOL -> set(values, index, JsonScalars.bool(parser, cursor));
      case RAW_OBJECT, RAW_ARRAY -> readRaw(parser, values, index, member);
      case OBJECT -> set(values, index, readItem(parser, member));
      case OBJECTS, TEXTS -> readItems(parser, values, index, member);
      case ANY -> {
        cursor.pass(parser);
        values.set(index, true);
      }
    }
  }

  private static void set(JsonValues values, int index, @Nullable Object value) {
    if (value != null) {
      values.set(index, value);
    }
  }

  private void readRaw(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    boolean array = member.kind() == JsonShape.Kind.RAW_ARRAY;
    if (parser.currentToken() != (array ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
      cursor.pass(parser);
      cursor.wrong(
          array ? "Input should be a valid list" : "Input should be a valid dictionary",
          array ? "list_type" : "dict_type");
      return;
    }
    int from = start + (int) parser.currentTokenLocation().getByteOffset();
    cursor.pass(parser);
    int to = start + (int) parser.currentLocation().getByteOffset();
    if (to - from > member.max()) {
      cursor.wrong(
          (array ? "List" : "Dictionary") + " should have at most " + member.max() + " bytes",
          "too_long");
    } else {
      values.set(index, new String(body, from, to - from, UTF_8));
    }
  }

  private void readItems(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      cursor.pass(parser);
      cursor.wrong("Input should be a valid list", "list_type");
      return;
    }
    List<Object> items = new ArrayList<>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      cursor.enter(count);
      Object item = count < member.max() ? readItem(parser, member) : passed(parser);
      if (item != null) {
        items.add(item);
      }
      cursor.leave();
      count++;
    }
    if (count > member.max()) {
      cursor.wrong("List should have at most " + member.max() + " items", "too_long");
    }
    values.set(index, items);
  }

  /** An item of an array; null for one that is wrong. */
  private @Nullable Object readItem(JsonParser parser, JsonShape.Member member) throws IOException {
    if (member.kind() == JsonShape.Kind.TEXTS) {
      return JsonScalars.text(parser, member.nested().member(0), cursor);
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      cursor.pass(parser);
      cursor.wrong(NO_OBJECT, "dict_type");
      return null;
    }
    JsonValues item = new JsonValues(member.nested());
    readObject(parser, item, member.nested());
    return item;
  }

  private @Nullable Object passed(JsonParser parser) throws IOException {
    cursor.pass(parser);
    return null;
  }
}

package dev.baton.http.in.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.Utf8;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads one body in one pass. Used once, by one thread. */
final class JsonReader {
  private static final int ERRORS_MAX = 50;
  private static final int MEMBERS_MAX = 10_000;

  private final byte[] body;
  private final int start;
  private final Deque<Object> place = new ArrayDeque<>(4);
  private final List<FieldError> errors = new ArrayList<>(0);
  private int members;

  JsonReader(byte[] body) {
    this.body = body;
    this.start = JsonText.bomLength(body);
    place.add("body");
  }

  JsonValues read(JsonShape shape) {
    if (!Utf8.isWellFormed(body)) {
      throw malformed("the body is not UTF-8", 0);
    }
    JsonValues values;
    try (JsonParser parser = Json.FACTORY.createParser(body, start, body.length - start)) {
      values = readDocument(parser, shape);
    } catch (JsonProcessingException e) {
      // The library's own message may quote the body, so it is not passed on.
      throw malformed("the body is not valid JSON", offset(e));
    } catch (IOException e) {
      throw new IllegalStateException("reading an array cannot fail", e);
    }
    JsonText.checkEscapes(body);
    if (!errors.isEmpty()) {
      throw new FieldErrors(ErrorCode.VALIDATION_FAILED, errors);
    }
    return values;
  }

  private static long offset(JsonProcessingException e) {
    JsonLocation at = e.getLocation(); // null where one of the parser's own bounds was reached
    return at == null ? 0 : at.getByteOffset();
  }

  private JsonValues readDocument(JsonParser parser, JsonShape shape) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw malformed("a JSON body is required", 0);
    }
    JsonValues values = new JsonValues(shape);
    if (first == JsonToken.START_OBJECT) {
      readObject(parser, values, shape);
    } else {
      pass(parser);
      wrong("Input should be a valid dictionary or object to extract fields from", "dict_type");
    }
    if (parser.nextToken() != null) {
      throw malformed("there is text after the JSON", parser.currentLocation().getByteOffset());
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
        pass(parser);
      } else if (token != JsonToken.VALUE_NULL || shape.isRequired(index)) {
        place.addLast(name);
        readMember(parser, values, shape, index);
        place.removeLast();
      }
    }
    for (int i = 0; i < shape.size(); i++) {
      if (shape.isRequired(i) && !values.isSet(i) && !isReported(shape.member(i).name())) {
        place.addLast(shape.member(i).name());
        wrong("Field required", "missing");
        place.removeLast();
      }
    }
  }

  private void readMember(JsonParser parser, JsonValues values, JsonShape shape, int index)
      throws IOException {
    JsonShape.Member member = shape.member(index);
    switch (member.kind()) {
      case TEXT, LARGE_TEXT -> readText(parser, values, index, member);
      case INTEGER -> readInteger(parser, values, index, member);
      case BOOL -> readBool(parser, values, index);
      case RAW_OBJECT -> readRaw(parser, values, index, member);
      case OBJECT -> readNested(parser, values, index, member);
      case OBJECTS -> readItems(parser, values, index, member);
      case TEXTS -> readTexts(parser, values, index, member);
    }
  }

  private void readText(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      pass(parser);
      wrong("Input should be a valid string", "string_type");
      return;
    }
    String text = parser.getText();
    boolean large = member.kind() == JsonShape.Kind.LARGE_TEXT;
    if (large && isLarger(text, member.max())) {
      throw new BatonException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          member.name() + " is larger than " + member.max() + " bytes");
    }
    if (!large && text.length() > member.max()) {
      wrong("String should have at most " + member.max() + " characters", "string_too_long");
      return;
    }
    values.set(index, text);
  }

  private void readInteger(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT) {
      pass(parser);
      boolean fraction = token == JsonToken.VALUE_NUMBER_FLOAT;
      wrong("Input should be a valid integer", fraction ? "int_from_float" : "int_type");
      return;
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      wrong("Input should be less than or equal to " + member.max(), "less_than_equal");
      return;
    }
    long value = parser.getLongValue();
    if (value < member.min()) {
      wrong("Input should be greater than or equal to " + member.min(), "greater_than_equal");
    } else if (value > member.max()) {
      wrong("Input should be less than or equal to " + member.max(), "less_than_equal");
    } else {
      values.set(index, value);
    }
  }

  private void readBool(JsonParser parser, JsonValues values, int index) throws IOException {
    if (parser.currentToken().isBoolean()) {
      values.set(index, parser.getBooleanValue());
    } else {
      pass(parser);
      wrong("Input should be a valid boolean", "bool_type");
    }
  }

  private void readRaw(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      pass(parser);
      wrong("Input should be a valid dictionary", "dict_type");
      return;
    }
    int from = start + (int) parser.currentTokenLocation().getByteOffset();
    pass(parser);
    int to = start + (int) parser.currentLocation().getByteOffset();
    if (to - from > member.max()) {
      wrong("Dictionary should have at most " + member.max() + " bytes", "too_long");
    } else {
      values.set(index, new String(body, from, to - from, UTF_8));
    }
  }

  private void readNested(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      JsonValues nested = new JsonValues(member.nested());
      values.set(index, nested);
      readObject(parser, nested, member.nested());
    } else {
      pass(parser);
      wrong("Input should be a valid dictionary or object to extract fields from", "dict_type");
    }
  }

  private void readItems(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      pass(parser);
      wrong("Input should be a valid list", "list_type");
      return;
    }
    List<JsonValues> items = new ArrayList<>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      place.addLast(count);
      if (count >= member.max()) {
        pass(parser);
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        JsonValues item = new JsonValues(member.nested());
        items.add(item);
        readObject(parser, item, member.nested());
      } else {
        pass(parser);
        wrong("Input should be a valid dictionary or object to extract fields from", "dict_type");
      }
      place.removeLast();
      count++;
    }
    if (count > member.max()) {
      wrong("List should have at most " + member.max() + " items", "too_long");
    }
    values.set(index, items);
  }

  private void readTexts(JsonParser parser, JsonValues values, int index, JsonShape.Member member)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      pass(parser);
      wrong("Input should be a valid list", "list_type");
      return;
    }
    List<String> texts = new ArrayList<>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      place.addLast(count);
      if (count < member.max()) {
        JsonValues item = new JsonValues(member.nested());
        readText(parser, item, 0, member.nested().member(0));
        item.text("item").ifPresent(texts::add);
      } else {
        pass(parser);
      }
      place.removeLast();
      count++;
    }
    if (count > member.max()) {
      wrong("List should have at most " + member.max() + " items", "too_long");
    }
    values.set(index, texts);
  }

  /** Passes over one value of any kind, still checking what the parser by itself lets through. */
  private void pass(JsonParser parser) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME) {
        members++;
        if (members > MEMBERS_MAX) {
          throw malformed("more than " + MEMBERS_MAX + " members", 0);
        }
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT
          && Double.isInfinite(parser.getDoubleValue())) {
        throw malformed("a number is out of range", 0);
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static boolean isLarger(String text, long maxBytes) {
    // No UTF-16 unit takes more than three bytes, so most texts need no counting.
    return text.length() * 3L > maxBytes && Utf8.encodedLength(text) > maxBytes;
  }

  private boolean isReported(String name) {
    return errors.stream()
        .anyMatch(
            error ->
                error.loc().size() == place.size() + 1
                    && error.loc().get(place.size()).equals(name)
                    && error.loc().subList(0, place.size()).equals(List.copyOf(place)));
  }

  private void wrong(String msg, String type) {
    if (errors.size() < ERRORS_MAX) {
      errors.add(new FieldError(List.copyOf(place), msg, type));
    }
  }

  static FieldErrors malformed(String msg, long offset) {
    return new FieldErrors(
        ErrorCode.MALFORMED_BODY,
        List.of(new FieldError(List.of("body", Math.max(0, offset)), msg, "json_invalid")));
  }
}

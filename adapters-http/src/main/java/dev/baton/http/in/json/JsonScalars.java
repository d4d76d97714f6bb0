package dev.baton.http.in.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.Utf8;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads single values; null for one that is wrong, which the cursor then knows. */
final class JsonScalars {

  private JsonScalars() {}

  static @Nullable String text(JsonParser parser, JsonShape.Member member, JsonCursor cursor)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      cursor.pass(parser);
      cursor.wrong("Input should be a valid string", "string_type");
      return null;
    }
    boolean large = member.kind() == JsonShape.Kind.LARGE_TEXT;
    // Looked at before a text is made of it, for which there may be no memory.
    if (large && parser.getTextLength() > member.max()) {
      throw tooLarge(member);
    }
    String text = parser.getText();
    if (large && isLarger(text, member.max())) {
      throw tooLarge(member);
    }
    if (!large && text.length() > member.max()) {
      cursor.wrong("String should have at most " + member.max() + " characters", "string_too_long");
      return null;
    }
    return text;
  }

  private static BatonException tooLarge(JsonShape.Member member) {
    return new BatonException(
        ErrorCode.PAYLOAD_TOO_LARGE, member.name() + " is larger than " + member.max() + " bytes");
  }

  static @Nullable String word(JsonParser parser, JsonShape.Member member, JsonCursor cursor)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING
        && member.words().contains(parser.getText())) {
      return parser.getText();
    }
    cursor.pass(parser);
    cursor.wrong("Input should be one of: " + String.join(", ", member.words()), "enum");
    return null;
  }

  /** A whole number; 50.0 is one, as in JavaScript and in rows of files. */
  static @Nullable Long integer(JsonParser parser, JsonShape.Member member, JsonCursor cursor)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric()) {
      cursor.pass(parser);
      cursor.wrong("Input should be a valid integer", "int_type");
      return null;
    }
    BigDecimal value = parser.getDecimalValue();
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      cursor.wrong("Input should be a valid integer", "int_from_float");
      return null;
    }
    if (value.compareTo(BigDecimal.valueOf(member.min())) < 0) {
      cursor.wrong(
          "Input should be greater than or equal to " + member.min(), "greater_than_equal");
      return null;
    }
    if (value.compareTo(BigDecimal.valueOf(member.max())) > 0) {
      cursor.wrong("Input should be less than or equal to " + member.max(), "less_than_equal");
      return null;
    }
    return value.longValueExact();
  }

  static @Nullable Double number(JsonParser parser, JsonShape.Member member, JsonCursor cursor)
      throws IOException {
    if (!parser.currentToken().isNumeric()) {
      cursor.pass(parser);
      cursor.wrong("Input should be a valid number", "float_type");
      return null;
    }
    double value = parser.getDoubleValue();
    if (value < member.min() || value > member.max()) {
      cursor.wrong(
          "Input should be a number from " + member.min() + " to " + member.max(),
          value < member.min() ? "greater_than_equal" : "less_than_equal");
      return null;
    }
    return value;
  }

  static @Nullable Boolean bool(JsonParser parser, JsonCursor cursor) throws IOException {
    if (parser.currentToken().isBoolean()) {
      return parser.getBooleanValue();
    }
    cursor.pass(parser);
    cursor.wrong("Input should be a valid boolean", "bool_type");
    return null;
  }

  private static boolean isLarger(String text, long maxBytes) {
    // No UTF-16 unit takes more than three bytes, so most texts need no counting.
    return text.length() * 3L > maxBytes && Utf8.encodedLength(text) > maxBytes;
  }
}

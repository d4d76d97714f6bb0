package dev.baton.http.in.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonShapeTest {
  private static final JsonShape USAGE =
      JsonShape.builder().integer("prompt_tokens", 0, 1L << 53).build();
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .largeText("prompt", 1_048_576)
          .rawObject("meta", 65_536)
          .text("dedupeKey", 255)
          .integer("count", 1, 100)
          .bool("async")
          .object("usage", USAGE)
          .objects("items", JsonShape.builder().text("id", 5).require("id").build(), 3)
          .require("prompt")
          .build();

  @Test
  void everyKind_isRead() {
    JsonValues values =
        read(
            """
            {"prompt":"hi","meta":{"a":1},"dedupeKey":"k","count":7,"async":true,
             "usage":{"prompt_tokens":10},"items":[{"id":"a"},{"id":"b"}],"other":[{}]}""");

    assertThat(values.requiredText("prompt")).isEqualTo("hi");
    assertThat(values.text("meta")).contains("{\"a\":1}");
    assertThat(values.text("dedupeKey")).contains("k");
    assertThat(values.integer("count")).hasValue(7);
    assertThat(values.bool("async", false)).isTrue();
    assertThat(values.object("usage").orElseThrow().integer("prompt_tokens")).hasValue(10);
    assertThat(values.objects("items"))
        .extracting(item -> item.requiredText("id"))
        .containsExactly("a", "b");
    assertThat(values.ignored()).containsExactly("other");
  }

  @Test
  void optionalMember_absentOrNull_isAbsent() {
    JsonValues values = read("{\"prompt\":\"hi\",\"dedupeKey\":null}");

    assertThat(values.text("dedupeKey")).isEmpty();
    assertThat(values.has("meta")).isFalse();
    assertThat(values.bool("async", true)).isTrue();
    assertThat(values.objects("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"z\" : 1.50,\t\"a\":[ 1 , 2 ] }",
        "{\"__proto__\":{\"@class\":\"java.lang.Runtime\"},\"constructor\":1,\"@type\":\"x\"}",
        "{\"rtl\":\"\u202eabc\",\"zero\":\"a\u200bb\",\"nfd\":\"e\u0301\"}",
        "{\"family\":\"👨‍👩‍👧‍👦\",\"four\":\"𝄞\",\"escaped\":\"\\ud834\\udd1e \\\\u0000\"}",
        "{}"
      })
  void rawObject_isKeptByteForByte(String meta) {
    assertThat(read("{\"prompt\":\"hi\", \"meta\" :" + meta + "  }").text("meta")).contains(meta);
    assertThat(read("\ufeff{\"meta\":" + meta + ",\"prompt\":\"hi\"}").text("meta")).contains(meta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202eabc", "a\u200bb", "👨‍👩‍👧‍👦", "𝄞", "e\u0301"})
  void text_ofAnyScript_isKept(String text) {
    assertThat(read("{\"prompt\":\"" + text + "\"}").requiredText("prompt")).isEqualTo(text);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "  ",
        "{",
        "{\"prompt\":\"a\",}",
        "{\"prompt\":\"a\"/* no */}",
        "// no\n{\"prompt\":\"a\"}",
        "{'prompt':'a'}",
        "{prompt:\"a\"}",
        "{\"prompt\":NaN}",
        "{\"x\":Infinity}",
        "{\"x\":-Infinity}",
        "{\"x\":+1}",
        "{\"x\":01}",
        "{}{}",
        "{\"prompt\":\"a\"} x",
        "{\"prompt\":\"a\"}]",
        "{\"prompt\":\"a\",\"prompt\":\"b\"}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":1,\"x\":2}}",
        "{\"prompt\":\"a\",\"meta\":{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}}",
        "[".repeat(100_000),
        "{\"x\":" + "9".repeat(10_000) + "}",
        "{\"x\":1e999999999}",
        "{\"prompt\":\"a\",\"meta\":{\"x\":-1e400}}",
        "{\"" + "n".repeat(100_000) + "\":1}",
        "{\"prompt\":\"a\",\"meta\":{"
            + IntStream.range(0, 10_001).mapToObj(i -> "\"m" + i + "\":0").collect(commas())
            + "}}",
        "{\"prompt\":\"\\ud800\"}",
        "{\"prompt\":\"\\udc00\\ud800\"}",
        "{\"prompt\":\"\\ud800\\u0041\"}",
        "{\"prompt\":\"a\",\"meta\":{\"\\ud800\":1}}",
        "{\"prompt\":\"raw \u0001 control\"}",
        "{\"prompt\":\"raw \u0000 nul\"}",
        "{\"prompt\":\"\\x41\"}",
        "tru");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedJson_isRefusedAsMalformed(String body) {
    Assertions.assertTimeout(
        Duration.ofSeconds(2), () -> assertRefused(body.getBytes(UTF_8), ErrorCode.MALFORMED_BODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00c0\u00af",
        "\u00ed\u00a0\u0080",
        "\u00e2\u0082",
        "\u00f4\u0090\u0080\u0080"
      })
  void invalidUtf8_isRefusedAsMalformed(String bytes) {
    assertRefused(
        ("{\"prompt\":\"a" + bytes + "\"}").getBytes(ISO_8859_1), ErrorCode.MALFORMED_BODY);
    assertRefused(
        ("{\"prompt\":\"a\",\"meta\":{\"b\":\"" + bytes + "\"}}").getBytes(ISO_8859_1),
        ErrorCode.MALFORMED_BODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\\u0000b\"}",
        "{\"prompt\":\"a\",\"meta\":{\"b\":\"\\u0000\"}}",
        "{\"prompt\":\"a\",\"meta\":{\"\\u0000\":1}}",
        "{\"prompt\":\"a\",\"unknown\":[\"\\u0000\"]}"
      })
  void escapedNul_isAWrongValue(String body) {
    assertRefused(body.getBytes(UTF_8), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void escapedBackslashBeforeU_isNoEscape() {
    assertThat(read("{\"prompt\":\"\\\\u0000 \\\\ud800\"}").requiredText("prompt"))
        .isEqualTo("\\u0000 \\ud800");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "1", "true", "[{\"prompt\":\"a\"}]"})
  void anotherTopLevel_isAWrongValue(String body) {
    FieldErrors refused = refusal(body);

    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
    assertThat(refused.errors()).singleElement().returns(List.of("body"), FieldError::loc);
    assertThat(refused.errors().get(0).pointer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}                                            | /prompt | missing",
        "{`prompt`:null}                               | /prompt | string_type",
        "{`prompt`:5}                                  | /prompt | string_type",
        "{`prompt`:{`a`:[1]}}                          | /prompt | string_type",
        "{`prompt`:`a`,`meta`:`x`}                     | /meta | dict_type",
        "{`prompt`:`a`,`meta`:[]}                      | /meta | dict_type",
        "{`prompt`:`a`,`async`:`true`}                 | /async | bool_type",
        "{`prompt`:`a`,`async`:1}                      | /async | bool_type",
        "{`prompt`:`a`,`count`:`1`}                    | /count | int_type",
        "{`prompt`:`a`,`count`:1.5}                    | /count | int_from_float",
        "{`prompt`:`a`,`count`:0}                      | /count | greater_than_equal",
        "{`prompt`:`a`,`count`:101}                    | /count | less_than_equal",
        "{`prompt`:`a`,`count`:99999999999999999999}   | /count | less_than_equal",
        "{`prompt`:`a`,`usage`:[]}                     | /usage | dict_type",
        "{`prompt`:`a`,`usage`:{`prompt_tokens`:-1}}   | /usage/prompt_tokens | greater_than_equal",
        "{`prompt`:`a`,`items`:{}}                     | /items | list_type",
        "{`prompt`:`a`,`items`:[{`id`:`a`},{}]}        | /items/1/id | missing",
        "{`prompt`:`a`,`items`:[{`id`:`abcdef`}]}      | /items/0/id | string_too_long",
        "{`prompt`:`a`,`items`:[7]}                    | /items/0 | dict_type",
      })
  void wrongValue_isNamedByPlaceAndType(String body, String pointer, String type) {
    FieldErrors refused = refusal(body.replace('`', '"'));

    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
    assertThat(refused.errors())
        .singleElement()
        .returns(pointer, FieldError::pointer)
        .returns(type, FieldError::type);
  }

  @Test
  void severalWrongValues_areAllNamed() {
    assertThat(refusal("{\"meta\":1,\"count\":\"x\"}").errors())
        .extracting(FieldError::pointer)
        .containsExactly("/meta", "/count", "/prompt");
  }

  @Test
  void tooManyItems_areAWrongValue() {
    String item = "{\"id\":\"a\"}";

    assertThat(
            refusal("{\"prompt\":\"a\",\"items\":[" + (item + ",").repeat(3) + item + "]}")
                .errors())
        .singleElement()
        .returns("too_long", FieldError::type);
  }

  @Test
  void largeText_atItsBound_isRead_andAbove_isTooLarge() {
    String bound = "é".repeat(524_288);

    assertThat(read("{\"prompt\":\"" + bound + "\"}").requiredText("prompt")).isEqualTo(bound);
    assertRefused(("{\"prompt\":\"" + bound + "a\"}").getBytes(UTF_8), ErrorCode.PAYLOAD_TOO_LARGE);
  }

  @Test
  void rawObject_aboveItsBound_isAWrongValue() {
    String meta = "{\"a\":\"" + "x".repeat(65_528) + "\"}";

    assertThat(read("{\"prompt\":\"a\",\"meta\":" + meta + "}").text("meta")).contains(meta);
    assertThat(
            refusal("{\"prompt\":\"a\",\"meta\":" + meta.replace("xx\"", "xxx\"") + "}").errors())
        .singleElement()
        .returns("/meta", FieldError::pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
        "application/merge-patch+json"
      })
  void jsonContentType_isTaken(String type) {
    Json.requireJson(
        Request.builder("POST", "/x", TenantId.DEFAULT).header("content-type", type).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "text/json+json"
      })
  void anotherContentType_isUnsupported(String type) {
    Request request =
        Request.builder("POST", "/x", TenantId.DEFAULT)
            .headers(Map.of("Content-Type", type)::get)
            .build();

    assertThatThrownBy(() -> Json.requireJson(request))
        .isInstanceOfSatisfying(
            BatonException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
  }

  private static JsonValues read(String body) {
    return JsonReader.read(SHAPE, body.getBytes(UTF_8));
  }

  private static FieldErrors refusal(String body) {
    return Assertions.assertThrows(FieldErrors.class, () -> read(body));
  }

  private static void assertRefused(byte[] body, ErrorCode code) {
    assertThatThrownBy(() -> JsonReader.read(SHAPE, body))
        .isInstanceOfSatisfying(
            BatonException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> commas() {
    return Collectors.joining(",");
  }
}

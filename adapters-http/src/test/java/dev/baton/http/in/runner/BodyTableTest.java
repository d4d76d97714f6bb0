package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.http.in.api.Request;
import dev.baton.http.in.runner.shared.RunnerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows 40 to 56 of the table of bad input for every operation that reads a body: what is wrong is
 * refused with its code in a small body that shows nothing of the inside, nothing at all is stored,
 * and the key of the request is still free.
 */
final class BodyTableTest {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void operations_areThoseOfTheTableOfRoutes() {
    List<String> routes =
        runner.dialect.routes().stream()
            .filter(route -> WITH_BODY.contains(route.method()))
            .map(route -> route.method() + " " + route.pattern().substring(Runner.API.length()))
            .toList();

    assertThat(Operation.all())
        .extracting(Operation::name)
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  static List<Operation> operations() {
    return Operation.all();
  }

  /** A wrong request: what it is called, what makes a good one wrong, and how it is refused. */
  private record Wrong(
      String row, Function<Operation, byte[]> body, String type, int status, String code) {

    static Wrong typed(String row, String type) {
      return new Wrong(
          row, operation -> operation.body().getBytes(UTF_8), type, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    static Wrong malformed(String row, String body) {
      return malformed(row, operation -> body);
    }

    static Wrong malformed(String row, Function<Operation, String> body) {
      return json(row, body, "MALFORMED_JSON");
    }

    static Wrong invalid(String row, Function<Operation, String> body) {
      return json(row, body, "VALIDATION_ERROR");
    }

    private static Wrong json(String row, Function<Operation, String> body, String code) {
      return new Wrong(
          row, body.andThen(text -> text.getBytes(UTF_8)), "application/json", 400, code);
    }

    @Override
    public String toString() {
      return row;
    }
  }

  private static List<Wrong> wrong() {
    List<Wrong> all = new ArrayList<>();
    for (String type :
        List.of(
            "",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x")) {
      all.add(Wrong.typed("40 " + type, type));
    }
    all.add(Wrong.typed("41", "application/json; charset=utf-16"));
    all.add(Wrong.malformed("43 open", "{"));
    all.add(Wrong.malformed("43 comma", "{\"x\":1,}"));
    all.add(Wrong.malformed("43 comment", op -> op.with("\"x\":1/* c */")));
    all.add(Wrong.malformed("43 single quotes", "{'x':'p'}"));
    all.add(Wrong.malformed("43 NaN", op -> op.with("\"x\":NaN")));
    all.add(Wrong.malformed("43 Infinity", op -> op.with("\"x\":Infinity")));
    all.add(Wrong.malformed("44 two", op -> op.body() + op.body()));
    all.add(Wrong.malformed("44 rest", op -> op.body() + " x"));
    for (String value : List.of("[]", "null", "\"x\"", "1", "true")) {
      all.add(Wrong.invalid("45 " + value, op -> value));
    }
    all.add(Wrong.malformed("46", op -> op.with("\"x\":1,\"x\":2")));
    all.add(Wrong.malformed("46 nested", op -> op.with("\"x\":{\"y\":1,\"y\":2}")));
    all.add(
        Wrong.malformed(
            "47", op -> op.with("\"x\":" + "{\"a\":".repeat(101) + "1" + "}".repeat(101))));
    all.add(Wrong.malformed("47 brackets", "[".repeat(60_000)));
    all.add(Wrong.malformed("48 digits", op -> op.with("\"x\":" + "9".repeat(10_000))));
    all.add(Wrong.malformed("48 exponent", op -> op.with("\"x\":1e999999999")));
    all.add(Wrong.malformed("49 name", op -> op.with("\"" + "n".repeat(60_000) + "\":1")));
    all.add(Wrong.malformed("49 members", op -> op.with("\"x\":" + members(10_001))));
    all.add(Wrong.malformed("50 surrogate", op -> op.with("\"x\":\"\\ud800\"")));
    all.add(
        new Wrong(
            "50 no UTF-8",
            op -> op.with("\"x\":\"é\"").getBytes(ISO_8859_1),
            "application/json",
            400,
            "MALFORMED_JSON"));
    all.add(Wrong.invalid("52", op -> op.with("\"x\":\"a\\u0000b\"")));
    all.add(Wrong.invalid("52 name", op -> op.with("\"\\u0000\":1")));
    return all;
  }

  private static String members(int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> "\"" + Integer.toString(i, Character.MAX_RADIX) + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  static Stream<Arguments> wrongRequests() {
    return operations().stream()
        .flatMap(operation -> wrong().stream().map(wrong -> Arguments.of(operation, wrong)));
  }

  /** With a key as well: a refusal must leave it free, and a claim that stays is stored. */
  private void assertRefused(Request.Builder request, int status, String code) {
    request.header("Idempotency-Key", "k");
    runner.assertRefused(request, status, code);
  }

  private void assertDone(Operation operation, Answer answer) {
    assertThat(answer.status()).as(operation + ": " + answer.body()).isBetween(200, 299);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrongRequests")
  void body_thatIsWrong_40to52(Operation operation, Wrong wrong) {
    Request.Builder request =
        operation
            .on(runner)
            .header("Content-Type", wrong.type())
            .body(wrong.body().apply(operation));

    assertRefused(request, wrong.status(), wrong.code());
    assertDone(operation, runner.answer(request.json(operation.body())));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void body_thatIsEmpty_42(Operation operation) {
    Request.Builder request = operation.on(runner);
    if (operation.required()) {
      assertRefused(request.json(""), 400, "MALFORMED_JSON");
      assertRefused(operation.on(runner).body(new byte[0]), 415, "UNSUPPORTED_MEDIA_TYPE");
    } else {
      assertDone(operation, runner.answer(request));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void byteOrderMark_isPassedOver_51(Operation operation) {
    assertDone(operation, runner.answer(operation.on(runner).json("\ufeff" + operation.body())));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void unknownMember_isNamedOnceAndAgain_orRefusedWhenStrict_53_55(Operation operation) {
    String json =
        operation.with("\"__proto__\":{\"a\":1},\"constructor\":{},\"@class\":\"x\",\"@type\":[]");
    String named = "/__proto__, /constructor, /@class, /@type";
    Request.Builder strict = operation.on(runner).json(json).header("Prefer", "handling=strict");
    assertRefused(strict, 400, "VALIDATION_ERROR");

    Request.Builder lenient = strict.header("Prefer", "return=representation");
    Answer first = runner.answer(lenient);
    Answer again = runner.answer(lenient);

    assertDone(operation, first);
    assertThat(first.header("X-Ignored-Members")).contains(named);
    if (operation.method().equals("POST")) {
      assertThat(again.isReplay()).as(again.body()).isTrue();
    }
    assertThat(again.header("X-Ignored-Members")).contains(named);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void unknownMember_whereTheServerIsStrict_53(Operation operation) {
    runner.close();
    runner = new Runner(RunnerSettings.DEFAULT.withStrict(true));

    assertRefused(operation.on(runner).json(operation.with("\"x\":1")), 400, "VALIDATION_ERROR");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void member_ofTheWrongType_54(Operation operation) {
    for (String name : operation.texts()) {
      for (String value : List.of("5", "{}", "[]", "true")) {
        assertWrongMember(operation, name, value);
      }
    }
    for (String name : operation.objects()) {
      for (String value : List.of("5", "\"x\"", "[]", "true")) {
        assertWrongMember(operation, name, value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void nulOrLoneSurrogate_inAKnownText_50_52(Operation operation) {
    for (String name : operation.texts()) {
      String nul = "{\"%s\":\"a\\u0000b\"}".formatted(name);
      assertRefused(operation.on(runner).json(nul), 400, "VALIDATION_ERROR");
      String lone = "{\"%s\":\"a\\udc00b\"}".formatted(name);
      assertRefused(operation.on(runner).json(lone), 400, "MALFORMED_JSON");
    }
  }

  private void assertWrongMember(Operation operation, String name, String value) {
    String json = "{\"%s\":%s}".formatted(name, value);

    assertRefused(operation.on(runner).json(json), 400, "VALIDATION_ERROR");
    assertThat(runner.answer(operation.on(runner).json(json)).body()).contains("\"/" + name + "\"");
  }

  @Test
  void parameterGivenTwice_claimsNoKey_soThatTheRightRequestIsDone() {
    runner.post("/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}");
    String path = "/tasks/t/execute";

    assertRefused(
        runner.request("POST", path + "?force=true&force=true"), 400, "DUPLICATE_PARAMETER");

    Request.Builder right = runner.request("POST", path).header("Idempotency-Key", "k");
    Answer first = runner.answer(right);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.isReplay()).isFalse();
    assertThat(runner.answer(right).isReplay()).isTrue();
  }

  static List<Operation> withFreeText() {
    return operations().stream().filter(Operation::hasFreeText).toList();
  }

  @ParameterizedTest
  @MethodSource("withFreeText")
  void textOfAnyKind_comesBackAsItWas_56(Operation operation) {
    String text = "\u202eabc\u200b e\u0301 \ud83d\udc69\u200d\ud83d\udcbb \ud842\udfb7";
    String name = operation.texts().get(0);
    String path = operation.path().apply(runner);
    String json = operation.with("\"%s\":\"%s\"".formatted(name, text));
    // A member that is given twice would be refused.
    String once = json.replaceFirst("\"" + name + "\":\"[^\"]\",", "");

    Answer done = runner.answer(runner.request(operation.method(), path).json(once));

    assertDone(operation, done);
    boolean made = operation.method().equals("POST");
    assertThat(runner.get(made ? path + "/" + done.data("id") : path).data(name)).isEqualTo(text);
  }
}

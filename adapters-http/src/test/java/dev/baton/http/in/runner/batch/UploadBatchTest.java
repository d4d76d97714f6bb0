package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.port.BatchFiles.Format;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.runner.Answer;
import dev.baton.http.in.runner.Runner;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form with a batch's rows: its parts are as strict as a body. */
final class UploadBatchTest {
  private static final String ROWS = part("file\"; filename=\"r.csv", "prompt\na\nb\n");

  private final Runner runner = new Runner();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    runner.close();
  }

  private static String part(String name, String content) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, content);
  }

  private Request.Builder form(String parts) throws IOException {
    return form(parts, StandardCharsets.UTF_8);
  }

  private Request.Builder form(String parts, Charset charset) throws IOException {
    Path form = Files.createTempFile(directory, "form", "");
    Files.writeString(form, parts + "--x--\r\n", charset);
    return runner
        .request("POST", "/batches")
        .header("Content-Type", "multipart/form-data; boundary=x")
        .header("Idempotency-Key", "k")
        .upload(form);
  }

  private void assertRefused(Request.Builder form, String code, String message) {
    Map<String, Object> stored = runner.stored();

    Answer answer = runner.answer(form);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().at("/error/message").asText()).contains(message);
    assertThat(runner.stored()).isEqualTo(stored);
  }

  static Stream<Arguments> wrongParts() {
    String invalid = "VALIDATION_ERROR";
    String malformed = "MALFORMED_JSON";
    return Stream.of(
        Arguments.of(part("name", "n"), invalid, "file: Field required"),
        Arguments.of(part("config", "") + ROWS, malformed, "a JSON body is required"),
        Arguments.of(part("config", "{") + ROWS, malformed, "not valid JSON"),
        Arguments.of(part("config", "{}{}") + ROWS, malformed, "after the JSON"),
        Arguments.of(part("config", "{\"model\":\"a\",\"model\":\"b\"}") + ROWS, malformed, ""),
        Arguments.of(part("config", "{\"temperature\":NaN}") + ROWS, malformed, ""),
        Arguments.of(part("config", "[".repeat(1_000)) + ROWS, malformed, ""),
        Arguments.of(part("config", "{\"model\":\"\\ud800\"}") + ROWS, malformed, "surrogate"),
        Arguments.of(part("config", "[]") + ROWS, invalid, ""),
        Arguments.of(part("config", "null") + ROWS, invalid, ""),
        Arguments.of(part("config", "{\"model\":\"a\\u0000\"}") + ROWS, invalid, "u0000"),
        Arguments.of(
            part("config", "{\"maxConcurrency\":0}") + ROWS, invalid, "config/maxConcurrency"),
        Arguments.of(part("name", "a\0b") + ROWS, invalid, "u0000"),
        Arguments.of(part("id", "..") + ROWS, invalid, "id"),
        Arguments.of(part("name", "n") + part("name", "m") + ROWS, invalid, "name: Part should"),
        Arguments.of(ROWS + ROWS, invalid, "file: Part should"),
        Arguments.of(part("name", "n".repeat(70_000)) + ROWS, malformed, "too long"));
  }

  @ParameterizedTest
  @MethodSource("wrongParts")
  void part_thatIsWrong_isRefused_andNoFileStays(String parts, String code, String message)
      throws IOException {
    assertRefused(form(parts), code, message);
    assertThat(runner.answer(form(ROWS)).status()).isEqualTo(201);
  }

  @Test
  void part_thatIsNotUtf8_isRefused() throws IOException {
    assertRefused(form(part("name", "é") + ROWS, ISO_8859_1), "MALFORMED_JSON", "not UTF-8");
    assertRefused(
        form(part("config", "{\"x\":\"é\"}") + ROWS, ISO_8859_1), "MALFORMED_JSON", "not UTF-8");
  }

  @Test
  void unknownParts_areNamedOnceAndAgain_orRefusedWhenStrict() throws IOException {
    String parts = part("nmae", "n") + part("config", "{\"x\":1}") + ROWS;
    assertRefused(
        form(parts).header("Prefer", "handling=strict"), "VALIDATION_ERROR", "no such member");

    Answer first = runner.answer(form(parts));
    Answer again = runner.answer(form(parts));

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(first.header("X-Ignored-Members")).contains("/nmae, /config/x");
    assertThat(again.isReplay()).isTrue();
    assertThat(again.header("X-Ignored-Members")).contains("/nmae, /config/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r.json", "R.JSON", "r.jsonl", "r.ndjson"})
  void fileOfJson_isToldByItsName_asEverywhere(String name) throws IOException {
    Answer made = runner.answer(form(part("file\"; filename=\"" + name, "[{\"prompt\":\"a\"}]")));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(runner.uploads.uploadedAs()).contains(Format.JSONL);
  }

  /** Also with parts before and behind it, which it is moved over. */
  @Test
  void upload_takesItsSizeOnTheDiskOnce() throws IOException {
    String rows = "prompt\n" + "a\n".repeat(50_000);
    String parts =
        part("name", "before") + part("file\"; filename=\"r.csv", rows) + part("description", "d");

    Answer made = runner.answer(form(parts));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.data().path("taskCount").asInt()).isEqualTo(50_000);
    assertThat(runner.get("/batches/" + made.data("id")).data("description")).isEqualTo("d");
    assertThat(runner.uploads.roomTaken()).isEqualTo(rows.length());
    assertThat(runner.uploads.left()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void partsBehindTheFile_countAsWell() throws IOException {
    Answer made = runner.answer(form(ROWS + part("name", "behind") + part("id", "b")));

    assertThat(made.data("id")).isEqualTo("b");
    assertThat(made.data().path("taskCount").asInt()).isEqualTo(2);
    assertThat(runner.get("/batches/b").data("name")).isEqualTo("behind");
    assertThat(runner.uploads.left()).isEmpty();
  }
}

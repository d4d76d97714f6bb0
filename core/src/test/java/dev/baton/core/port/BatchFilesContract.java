package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BatchFiles} must do. */
public abstract class BatchFilesContract {

  /** Files under {@link #root}. */
  protected abstract BatchFiles files();

  /** The same without a root. */
  protected abstract BatchFiles disabled();

  /** The allowed root, an existing directory with nothing in it. */
  protected abstract Path root();

  protected final void put(String name, String content) throws IOException {
    Files.writeString(root().resolve(name), content);
  }

  protected static List<Row> all(BatchInput input) {
    List<Row> rows = new ArrayList<>();
    BatchInput.Rows pass = input.rows();
    for (Optional<Row> next = pass.next(); next.isPresent(); next = pass.next()) {
      rows.add(next.get());
    }
    return rows;
  }

  protected final List<String> prompts(String text, Format format) {
    return all(files().inline(text, format)).stream()
        .map(row -> row.task().map(task -> task.prompt().text()).orElse("!" + row.line()))
        .toList();
  }

  protected static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void csv_givesItsColumns_andTheOthersAsMetadata() {
    String csv =
        """
        id,prompt,model,temperature,maxTokens,priority,metadata,category,idempotency_key
        t-1,"Say ""hi"",
        please",gpt-4,0.7,100,high,"{""a"":1}",x,k1
        ,plain,,,,,,,
        """;

    List<Row> rows = all(files().inline(csv, Format.CSV));

    NewTask first = rows.get(0).task().orElseThrow();
    assertThat(first.id()).contains(new TaskId("t-1"));
    assertThat(first.prompt().text()).isEqualTo("Say \"hi\",\nplease");
    assertThat(first.prompt().metadata().json()).isEqualTo("{\"category\":\"x\",\"a\":1}");
    assertThat(first.prompt().parameters().temperature()).hasValue(0.7);
    assertThat(first.prompt().parameters().maxTokens()).hasValue(100);
    assertThat(first.priority()).contains(Priority.HIGH);
    assertThat(first.idempotencyKey().orElseThrow().value()).isEqualTo("k1");
    assertThat(rows.get(1).line()).isEqualTo(4);
    assertThat(rows.get(1).task().orElseThrow().id()).isEmpty();
    assertThat(rows.get(1).task().orElseThrow().prompt().metadata().isEmpty()).isTrue();
  }

  @Test
  void csv_withAMarkAndMixedLineEnds_isRead_alsoWithoutAnEndOnTheLastLine() throws IOException {
    put("a.csv", "\uFEFFprompt\r\none\ntwo\rthree\r\n\r\nfour");

    try (BatchInput input = files().open("a.csv")) {
      assertThat(all(input))
          .extracting(row -> row.task().orElseThrow().prompt().text())
          .containsExactly("one", "two", "three", "four");
      assertThat(all(input)).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name,text\n",
        "prompt,prompt\n",
        "prompt\n\"not closed\nx",
        "prompt\na\u0000b",
        "prompt\n\"a\"b\n"
      })
  void csv_thatIsBroken_endsWithARowThatSaysWhere(String csv) {
    List<Row> rows = all(files().inline(csv, Format.CSV));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).problem()).isPresent();
    assertThat(rows.get(0).line()).isBetween(1L, 2L);
  }

  @Test
  void csv_rowOfAnotherWidth_orWithAWrongValue_isBroken_andTheNextIsNot() {
    assertThat(prompts("prompt,temperature\na\nb,9\nc,x\n,1\nd,1\n", Format.CSV))
        .containsExactly("!2", "!3", "!4", "!5", "d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,prompt,note\r\nk,hello,a\r\n,,\r\n , ,\r\n",
        "id,prompt,,\r\nk,hello,,\r\n",
        "id,prompt\nk,hello,,\n,,,,\n",
        "prompt\n\"\"\nhello\n   \n",
        "prompt, ,\n,,\nhello, ,\n"
      })
  void csv_emptyRows_andEmptyColumnsAtTheEnd_arePassedOver(String csv) {
    assertThat(prompts(csv, Format.CSV)).containsExactly("hello");
  }

  @Test
  void csv_valueUnderNoName_isNotLost() {
    assertThat(prompts("prompt,,\na,,\nb,lost,\n", Format.CSV)).containsExactly("a", "!3");
    assertThat(prompts("prompt,,note\na,,n\n", Format.CSV)).containsExactly("!1");
  }

  /** Far behind what a decoder reads ahead, and where there are lines within a cell. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 700, 4001, 6001})
  void textThatIsNotUtf8_isBrokenOnItsLine_withAllRowsBefore(int line) throws IOException {
    StringBuilder csv = new StringBuilder("prompt,n\n");
    StringBuilder jsonl = new StringBuilder();
    for (int i = 1; i <= 6001; i++) {
      jsonl.append("{\"prompt\":\"").append(i == line ? "M\u00fcll" : "plain").append("\"}\n");
      csv.append(i == line - 1 ? "M\u00fcll" : "plain").append(",\"").append(i).append("\"\n");
    }
    if (line == 1) {
      csv.insert(6, '\u00fc');
    }
    Files.write(root().resolve("ansi.csv"), csv.toString().getBytes(StandardCharsets.ISO_8859_1));
    Files.write(
        root().resolve("ansi.jsonl"), jsonl.toString().getBytes(StandardCharsets.ISO_8859_1));

    for (String name : List.of("ansi.csv", "ansi.jsonl")) {
      try (BatchInput input = files().open(name)) {
        List<Row> rows = all(input);
        Row last = rows.get(rows.size() - 1);
        assertThat(last.line()).as(name).isEqualTo(line);
        assertThat(last.problem().orElseThrow())
            .contains("not UTF-8 (byte 0xFC)", "iconv -f WINDOWS-1252 -t UTF-8");
        assertThat(rows).hasSize(name.endsWith("l") || line == 1 ? line : line - 1);
      }
    }
  }

  @Test
  void textThatIsUtf16_isNamed_withTheWayToConvertIt() throws IOException {
    for (var encoding :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String name : List.of("wide.csv", "wide.jsonl")) {
        String text = name.endsWith("csv") ? "prompt\nhello\n" : "{\"prompt\":\"hello\"}\n";
        Files.write(root().resolve(name), text.getBytes(encoding));

        try (BatchInput input = files().open(name)) {
          assertThat(all(input))
              .singleElement()
              .satisfies(
                  row ->
                      assertThat(row.problem().orElseThrow())
                          .contains("UTF-16", "iconv -f UTF-16"));
        }
      }
    }
  }

  @Test
  void text_ofCharactersOfAllLengths_isReadWhole() throws IOException {
    String prompt = "\ud83d\ude00\u00fc\u20ac".repeat(9_000);
    put("all.csv", "\ud83d\ude00,prompt\n1," + prompt + "\n");

    try (BatchInput input = files().open("all.csv")) {
      assertThat(all(input))
          .extracting(row -> row.task().orElseThrow().prompt().text())
          .containsExactly(prompt);
    }
  }

  @Test
  void csv_thatIsNotUtf8_isBroken() throws IOException {
    Files.write(root().resolve("wide.csv"), "prompt\nhello\n".getBytes(StandardCharsets.UTF_16));

    try (BatchInput input = files().open("wide.csv")) {
      assertThat(all(input)).hasSize(1).allSatisfy(row -> assertThat(row.problem()).isPresent());
    }
  }

  @Test
  void csv_rowThatIsTooLong_isBroken() {
    assertThat(prompts("prompt\n\"" + "x".repeat(9 << 20) + "\"\n", Format.CSV))
        .containsExactly("!2");
  }

  @Test
  void jsonl_givesItsMembers_andSaysWhichLineIsBroken() {
    String jsonl =
        """
        {"prompt":"a","messages":[{"role":"user","content":"hi"}],"x":1}

        []
        {"prompt":5}
        {"messages":[{"role":"user","content":"last"}]}
        {"prompt":"a","prompt":"b"}""";

    assertThat(prompts(jsonl, Format.JSONL)).containsExactly("a", "!3", "!4", "last", "!6");
  }

  @Test
  void json_array_isReadElementByElement() throws IOException {
    put(
        "a.json",
        """
        [
          {"prompt": "a ] , } \\" [", "metadata": {"x": [1, {"y": 2}]}},
          {"prompt":
             "b"}, {"prompt": 5},
          {"prompt": "c", "custom": "é"}
        ]
        """);

    try (BatchInput input = files().open("a.json")) {
      List<Row> rows = all(input);
      assertThat(rows).extracting(Row::line).containsExactly(2L, 3L, 4L, 5L);
      assertThat(rows.get(0).task().orElseThrow().prompt().text()).isEqualTo("a ] , } \" [");
      assertThat(rows.get(2).problem()).isPresent();
    }
    assertThat(prompts("[]", Format.JSONL)).isEmpty();
    assertThat(prompts("{\"prompt\":\"a\"}\n[1]\n", Format.JSONL)).containsExactly("a", "!2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[{\"prompt\":\"a\"}",
        "[{\"prompt\":\"a\"},]",
        "[,{\"prompt\":\"a\"}]",
        "[{\"prompt\":\"a\"} {\"prompt\":\"b\"}]",
        "[{\"prompt\":\"a\"}] x",
        "[{\"prompt\":\"a\"}]\n{\"prompt\":\"b\"}",
        "[5]",
        "[[{\"prompt\":\"a\"}]]",
        "[{\"prompt\":\"a\"",
        "[{\"prompt\":\"a\\"
      })
  void json_arrayThatIsNone_endsWithABrokenRow(String text) {
    List<Row> rows = all(files().inline(text, Format.JSONL));

    assertThat(rows.get(rows.size() - 1).problem()).isPresent();
  }

  @Test
  void linesOfProvidersBatchFiles_areTakenAsTheyAre() {
    String openai =
        """
        {"custom_id":"request-1","method":"POST","url":"/v1/chat/completions","body":{"model":"m",\
        "messages":[{"role":"user","content":"Item"}],"max_completion_tokens":9,"top_p":0.2}}
        {"custom_id":"a b","method":"POST","url":"/v1/chat/completions","body":{"model":"m",\
        "messages":[{"role":"user","content":"Item"}],"stream":false,"tools":null}}
        {"custom_id":"e","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":"x"}}
        """;
    String anthropic =
        """
        {"custom_id":"r1","params":{"model":"m","max_tokens":7,"system":"Be brief",\
        "messages":[{"role":"user","content":"Item"}],"top_k":3}}
        """;

    List<Row> rows = all(files().inline(openai, Format.JSONL));
    NewTask first = rows.get(0).task().orElseThrow();
    assertThat(first.id()).contains(new TaskId("request-1"));
    assertThat(first.model().orElseThrow().value()).isEqualTo("m");
    assertThat(first.prompt().text()).isEqualTo("Item");
    assertThat(first.prompt().parameters().maxTokens()).hasValue(9);
    assertThat(first.prompt().parameters().options().json()).isEqualTo("{\"top_p\":0.2}");
    assertThat(first.prompt().metadata().isEmpty()).isTrue();
    NewTask second = rows.get(1).task().orElseThrow();
    assertThat(second.id()).isEmpty();
    assertThat(second.prompt().metadata().json()).isEqualTo("{\"custom_id\":\"a b\"}");
    assertThat(second.prompt().parameters().options().isEmpty()).isTrue();
    assertThat(rows.get(2).problem().orElseThrow()).contains("/v1/embeddings");

    NewTask message = all(files().inline(anthropic, Format.JSONL)).get(0).task().orElseThrow();
    assertThat(message.id()).contains(new TaskId("r1"));
    assertThat(message.prompt().parameters().messages().orElseThrow().json())
        .contains("\"system\"", "Be brief", "Item");
    assertThat(message.prompt().parameters().maxTokens()).hasValue(7);
    assertThat(message.prompt().parameters().options().json()).isEqualTo("{\"top_k\":3}");
  }

  @Test
  void file_missingUnderTheRoot_isNotFound_andWithoutARoot_nothingIsServed() {
    assertRefused(ErrorCode.FILE_NOT_FOUND, () -> files().open("none.csv"));
    assertRefused(ErrorCode.FILE_NOT_FOUND, () -> files().open("no/such/dir.csv"));
    assertRefused(ErrorCode.FILES_DISABLED, () -> disabled().open("a.csv"));
    assertRefused(ErrorCode.FILES_DISABLED, () -> disabled().create("a.csv", "", true));
    assertThat(all(disabled().inline("prompt\na\n", Format.CSV))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "/etc/no-such-file",
        "../x.csv",
        "a/../../x.csv",
        "C:\\x.csv",
        "\\\\host\\share",
        "file:///etc/passwd",
        "http://example.com/x.csv",
        "/dev/zero",
        "/proc/self/environ",
        "a\u0000b",
        "."
      })
  void path_thatLeadsElsewhere_isRefused_withOneText(String path) {
    assertThatThrownBy(() -> files().open(path))
        .isInstanceOf(BatonException.class)
        .hasMessage("a path has to lie below files.root, and to lead through no link");
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open(path));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().create(path, "", true));
  }

  @Test
  void output_appearsWhenItIsComplete_andIsGoneWithoutThat() throws IOException {
    try (BatchOutput output = files().create("out.csv", "in.csv", false)) {
      output.write("a\n");
      output.write("é\n");
      assertThat(root().resolve("out.csv")).doesNotExist();
      output.commit();
    }
    assertThat(root().resolve("out.csv")).hasContent("a\né\n");
    assertRefused(ErrorCode.FILE_EXISTS, () -> files().create("out.csv", "", false));

    try (BatchOutput output = files().create("out.csv", "", true)) {
      output.write("never");
    }
    assertThat(root().resolve("out.csv")).hasContent("a\né\n");
    try (BatchOutput output = files().create("out.csv", "", true)) {
      output.write("new");
      output.commit();
    }
    assertThat(root().resolve("out.csv")).hasContent("new");
    try (var left = Files.list(root())) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void output_thatIsTheInput_orHasNoDirectory_isRefused() {
    assertRefused(ErrorCode.VALIDATION_FAILED, () -> files().create("a.csv", "./a.csv", true));
    assertRefused(ErrorCode.VALIDATION_FAILED, () -> files().create("no/a.csv", "", true));
    assertRefused(ErrorCode.VALIDATION_FAILED, () -> files().checkOutput("no/a.csv", "", true));
  }

  @Test
  void uploadedFile_isRead_andRemovedWhenItIsClosed() throws IOException {
    Path uploaded =
        Files.writeString(Files.createTempFile("baton-uploaded", ""), "prompt\nhello\n");

    try (BatchInput input = files().uploaded(uploaded, Format.CSV)) {
      assertThat(all(input)).hasSize(1);
      assertThat(all(input)).hasSize(1);
    }

    assertThat(uploaded).doesNotExist();
  }
}

package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Cli;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands over real files that can't be used: one sentence, the exit code, no harm done. */
final class RefusedFilesTest {
  @TempDir private Path directory;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void makeFiles() throws IOException, InterruptedException {
    assertThat(run("put", "--db", path("good.db"), "--id", "t1", "hello").code()).isZero();
    byte[] good = Files.readAllBytes(directory.resolve("good.db"));
    Files.createDirectory(directory.resolve("dir"));
    Files.writeString(directory.resolve("junk.db"), "no database, but longer than nothing");
    Files.write(directory.resolve("cut.db"), Arrays.copyOf(good, 5000));
    byte[] torn = good.clone();
    Arrays.fill(torn, 8192, 30_000, (byte) 0x55);
    Files.write(directory.resolve("torn.db"), torn);
    Files.createFile(directory.resolve("empty.db"));
    Files.writeString(directory.resolve("rows.csv"), "prompt\nhello\n");
    assertThat(new ProcessBuilder("mkfifo", path("pipe")).start().waitFor()).isZero();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private Ended run(Map<String, String> environment, String... args) {
    StringWriter err = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            environment,
            false,
            false,
            false,
            OptionalInt::empty,
            new StopSignal());
    BatonBackend backend = new BatonBackend(environment, Seams.NONE);
    int code =
        new Cli(backend, terminal, InstantSource.system(), out, new PrintWriter(err)).run(args);
    return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Ended run(String... args) {
    return run(Map.of(), args);
  }

  /** In a line, {@code @NAME} stands for the path of a file. */
  private Ended line(String line) {
    return run(line.replace("@", directory + "/").split(" "));
  }

  private static void assertSentence(Ended ended, int code) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    assertThat(ended.err())
        .startsWith("baton: ")
        .doesNotContain("Exception", "\tat ", "a bug", "java.", "dev.baton", ".part");
    assertThat(ended.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir", "pipe"})
  void whatIsNoFile_isNoDatabase_andStaysAsItIs(String name) {
    for (String command : new String[] {"list", "get t1", "check", "lease", "backup @copy.db"}) {
      assertSentence(line(command + " --db @" + name), 66);
    }
    for (String command : new String[] {"put hello", "serve --port 0", "restore @good.db --yes"}) {
      assertSentence(line(command + " --db @" + name), 73);
    }
    assertSentence(line("backup --force --db @good.db @" + name), 73);
    assertThat(line("doctor --port 0 --db @" + name).out()).contains("is no file");
    assertThat(directory.resolve(name)).exists().isNotEqualTo(directory.resolve("good.db"));
    assertThat(Files.isRegularFile(directory.resolve(name))).isFalse();
    assertThat(directory.resolve(name + "-lock")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk.db", "cut.db", "torn.db", "empty.db"})
  void restoreOfABadBackup_namesTheBackup_andLeavesTheDatabase(String bad) throws IOException {
    byte[] before = Files.readAllBytes(directory.resolve("good.db"));

    Ended ended = line("restore --yes --db @good.db @" + bad);

    assertSentence(ended, 78);
    assertThat(ended.err())
        .startsWith("baton: the backup " + path(bad) + " is damaged: it ")
        .endsWith(path("good.db") + " is as it was\n")
        .doesNotContain("baton check");
    assertThat(directory.resolve("good.db")).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk.db", "cut.db", "torn.db"})
  void backupOfABadDatabase_namesTheDatabase_andLeavesNothing(String bad) {
    Ended ended = line("backup --db @%s @copy.db".formatted(bad));

    assertSentence(ended, 78);
    assertThat(ended.err()).contains(path(bad)).doesNotContain("copy.db");
    assertThat(directory.toFile().list()).doesNotContain("copy.db", "copy.db.part");
  }

  @Test
  void restoreOfADirectory_is66() {
    assertSentence(line("restore --yes --db @good.db @dir"), 66);
  }

  @ParameterizedTest
  @CsvSource({
    "run @dir -o @out.csv --db @good.db --program cat, 66",
    "put --file @dir --db @good.db, 66",
    "put --file @none --db @good.db, 66",
    "batch create @none.csv --db @good.db, 66",
    "run @rows.csv -o @none/out.csv --db @good.db --program cat, 73",
    "run @rows.csv -o @dir --db @good.db --program cat, 73"
  })
  void operandThatCantBeUsed_isTold(String line, int code) {
    assertSentence(line(line), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'- a' | line 1: keys with values are needed",
        "'server: 5' | server: keys with values are needed",
        "'server: {port: abc}' | server.port: a whole number is needed, not 'abc'",
        "'server: {port: [1]}' | server.port: a whole number is needed",
        "'server: {extra_listeners: 3}' | server.extra_listeners: a list is needed",
        "'server: {strict: perhaps}' | server.strict: true or false is needed",
        "'files: {root: /no/such/root}' | files.root is no directory",
      })
  void configurationThatIsRefused_isToldInWordsOfYaml(String yaml, String words)
      throws IOException {
    Files.writeString(directory.resolve("config.yaml"), yaml);

    Ended ended = line("serve --port 0 --db @good.db --config @config.yaml");

    assertSentence(ended, 78);
    assertThat(ended.err()).contains(words);
  }

  @Test
  void configurationThatCantBeRead_isTold() throws IOException {
    Files.write(directory.resolve("config.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});

    Ended notText = line("serve --port 0 --db @good.db --config @config.yaml");

    assertSentence(notText, 78);
    assertThat(notText.err()).contains("not UTF-8");
    assertSentence(line("serve --port 0 --db @good.db --config @dir"), 66);
    assertSentence(line("serve --port 0 --db @good.db --config @none"), 66);
  }

  @ParameterizedTest
  @CsvSource({
    "BATON_SERVER_PORT, abc",
    "BATON_FILES_ROOT, /no/such/root",
    "BATON_LOGGING_LEVEL, loud"
  })
  void valueOfTheEnvironmentThatIsRefused_is78(String name, String value) {
    assertSentence(run(Map.of(name, value), "serve", "--port", "0", "--db", path("good.db")), 78);
  }
}

package dev.baton.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.TestClasspath;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each program of docs/embedding.md, on the core and the stores alone. */
final class EmbeddingDocTest {
  private static final Path PAGE = Path.of("../docs/embedding.md");
  private static final Path README = Path.of("../README.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("public class (\\w+)");

  /** All that the two artefacts bring: a program that needs more does not start here. */
  private static final Pattern EMBEDDED =
      Pattern.compile(
          ".*/(core/target/(test-)?classes|adapters-persistence/target/classes"
              + "|baton-core-[0-9.]+(-testing)?\\.jar|baton-adapters-persistence-[0-9.]+\\.jar"
              + "|guava-.*|failureaccess-.*|jspecify-.*|error_prone_annotations-.*"
              + "|jdbi3-core-.*|geantyref-.*|slf4j-api-.*|sqlite-jdbc-.*)");

  @TempDir private Path directory;

  record Program(String name, String source, String output) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Program> programs() throws IOException {
    List<Program> programs = new ArrayList<>();
    Matcher program = PROGRAM.matcher(Files.readString(PAGE));
    while (program.find()) {
      Matcher name = NAME.matcher(program.group(1));
      assertThat(name.find()).isTrue();
      programs.add(new Program(name.group(1), program.group(1), program.group(2)));
    }
    return programs;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramOfThePage_printsWhatThePageSays(Program program) throws Exception {
    compile(program);

    assertThat(run(program)).isEqualTo(program.output());
  }

  @Test
  void everyJavaBlock_isAProgramWithItsOutput() throws IOException {
    long blocks = Pattern.compile("```java").matcher(Files.readString(PAGE)).results().count();

    assertThat(programs()).hasSize((int) blocks).hasSizeGreaterThanOrEqualTo(4);
  }

  /** The block of the README leaves out what any editor adds: imports, a class, a method. */
  @Test
  void theBlockOfTheReadme_runs() throws Exception {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    String source =
        """
        import dev.baton.core.Baton;
        import dev.baton.core.domain.id.*;
        import dev.baton.core.domain.task.*;
        import dev.baton.persistence.SqlStores;
        import java.nio.file.Path;
        import java.time.Duration;

        public class Third {
          public static void main(String[] args) {
            %s
          }
        }
        """
            .formatted(withAnswerPrinted(block.group(1).strip()));
    Program program = new Program("Third", source, "Because of Rayleigh scattering.\n");
    compile(program);

    assertThat(run(program)).isEqualTo(program.output());
  }

  /** The answer is known in the last line's block alone. */
  private static String withAnswerPrinted(String block) {
    return block.substring(0, block.lastIndexOf('}')) + "System.out.println(answer); }";
  }

  private void compile(Program program) throws IOException {
    Path source = directory.resolve(program.name() + ".java");
    Files.writeString(source, program.source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:all,-classfile,-processing",
            "-cp",
            classpath(),
            "-d",
            directory.toString());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean good =
          compiler
              .getTask(complaints, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(good).as(complaints.toString()).isTrue();
    }
  }

  /** In a process of its own, so that nothing else of Baton is there to be found. */
  private String run(Program program) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                java, "-cp", directory + File.pathSeparator + classpath(), program.name())
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isZero();
    return Files.readString(output);
  }

  private static String classpath() {
    Stream<String> entries =
        TestClasspath.entries().stream().map(Path::normalize).map(Path::toString);
    return entries
        .filter(entry -> EMBEDDED.matcher(entry).matches())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}

package dev.baton.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S36: SQL is made of constants, and values are bound. Looks at the source, because in the class
 * file a text that was joined at run time leaves no call to see.
 */
final class SqlTextTest {
  private static final Path SOURCES =
      Path.of("../adapters-persistence/src/main/java/dev/baton/persistence");

  @Test
  void theStoresSql_isMadeOfConstants() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(10);
      List<String> texts = new ArrayList<>();
      for (Path source : sources) {
        texts.add(Files.readString(source));
      }
      assertThat(joined(texts)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"SELECT id FROM task WHERE id = '\" + id + \"'\"",
        "\"DELETE FROM task WHERE seq = \" + (seq)",
        "PREFIX + \" WHERE name LIKE '%\" + name.trim() + \"%'\"",
        "\"SELECT id FROM %s\".formatted(table)",
        "String.format(\"DELETE FROM %s\", table)",
        "text.append(\"ORDER BY \").append(column)",
        "\"SELECT id FROM task\".concat(rest)",
      })
  void joinedSql_isFound(String expression) throws IOException {
    assertThat(joined("class Offender { Object sql() { return " + expression + "; } }"))
        .isNotEmpty();
  }

  @Test
  void aValueGivenForAParameterThatBecomesSql_isFound() throws IOException {
    String method = "Object of(String which) { return q(\"SELECT * FROM t WHERE \" + which); }";

    assertThat(joined("class Fine { " + method + " Object a() { return of(\"id = :id\"); } }"))
        .isEmpty();
    assertThat(
            joined("class Bad { " + method + " Object a(Id id) { return of(\"id = \" + id); } }"))
        .isNotEmpty();
    assertThat(joined("class Bad { " + method + " Object a(Id id) { return of(id.value()); } }"))
        .isNotEmpty();
  }

  @Test
  void aValueGivenBesideArgumentsThatAreNoTexts_isFound() throws IOException {
    String method =
        "Object of(TenantId tenant, String which) { return q(\"SELECT * FROM t WHERE \" + which); }";

    assertThat(
            joined(
                "class Fine { "
                    + method
                    + " Object a(TenantId t) { return of(t, \"id = :id\"); } }"))
        .isEmpty();
    assertThat(
            joined(
                "class Bad { "
                    + method
                    + " Object a(TenantId t, Id id) { return of(t, id.value()); } }"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"SELECT \" + COLUMNS + \" FROM task WHERE seq = ?\"",
        "TaskMapper.SELECT + \"WHERE id = ?\"",
        "\"can't write beside \" + database",
        "\"PRAGMA user_version = \" + newest()",
      })
  void constantSql_andOtherTexts_areLeftAlone(String expression) throws IOException {
    assertThat(joined("class Fine { Object sql() { return " + expression + "; } }")).isEmpty();
  }

  private static List<String> joined(String source) throws IOException {
    return joined(List.of(source));
  }

  private static List<String> joined(List<String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> files = sources.stream().map(SqlTextTest::text).toList();
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, files);
    Iterable<? extends CompilationUnitTree> units = task.parse();
    return SqlJoins.in(units);
  }

  private static JavaFileObject text(String source) {
    return new SimpleJavaFileObject(URI.create("text:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreErrors) {
        return source;
      }
    };
  }
}

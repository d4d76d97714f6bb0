package dev.baton.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S36: SQL is made of constants, and values are bound. Looks at the source, because in the class
 * file a text that was joined at run time leaves no call to see.
 */
final class SqlTextTest {
  /** Not PRAGMA: it takes no bound value, and what ours are given are numbers of our own. */
  private static final Pattern SQL =
      Pattern.compile(
          "\\b(SELECT\\b.*\\bFROM|INSERT INTO|REPLACE INTO|UPDATE\\b.*\\bSET|DELETE FROM|WHERE"
              + "|ORDER BY|VALUES|CREATE TABLE|ALTER TABLE|DROP TABLE|ATTACH|VACUUM INTO)\\b",
          Pattern.DOTALL);

  private static final Path SOURCES =
      Path.of("../adapters-persistence/src/main/java/dev/baton/persistence");

  @Test
  void theStoresSql_isMadeOfConstants() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(10);
      for (Path source : sources) {
        assertThat(joined(Files.readString(source))).as("%s", source).isEmpty();
      }
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

  /** The expressions that join SQL with something that is no constant. */
  private static List<String> joined(String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, null, null, List.of(text(source)));
    List<String> found = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      unit.accept(new Joins(found), null);
    }
    return found;
  }

  private static JavaFileObject text(String source) {
    return new SimpleJavaFileObject(URI.create("text:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreErrors) {
        return source;
      }
    };
  }

  private static boolean isConstant(ExpressionTree tree) {
    if (tree instanceof ParenthesizedTree inner) {
      return isConstant(inner.getExpression());
    }
    if (tree instanceof BinaryTree both && both.getKind() == Tree.Kind.PLUS) {
      return isConstant(both.getLeftOperand()) && isConstant(both.getRightOperand());
    }
    String name =
        tree instanceof IdentifierTree identifier
            ? identifier.getName().toString()
            : tree instanceof MemberSelectTree member ? member.getIdentifier().toString() : "";
    return tree instanceof LiteralTree || name.matches("[A-Z][A-Z0-9_]*");
  }

  private static boolean saysSql(Tree tree) {
    List<String> literals = new ArrayList<>();
    tree.accept(
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
            literals.add(String.valueOf(literal.getValue()));
            return null;
          }
        },
        null);
    return SQL.matcher(String.join(" ", literals)).find();
  }

  private static final class Joins extends TreeScanner<@Nullable Void, @Nullable Void> {
    private static final List<String> JOINING = List.of("formatted", "format", "append", "concat");
    private final List<String> found;

    Joins(List<String> found) {
      this.found = found;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void none) {
      if (tree.getKind() == Tree.Kind.PLUS && !isConstant(tree) && saysSql(tree)) {
        found.add(tree.toString());
      }
      return super.visitBinary(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      if (call.getMethodSelect() instanceof MemberSelectTree method
          && JOINING.contains(method.getIdentifier().toString())
          && saysSql(call)) {
        found.add(call.toString());
      }
      return super.visitMethodInvocation(call, null);
    }
  }
}

package dev.baton.app.architecture;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expressions that join SQL with something that is no text of our own. Our own are constants,
 * what a {@code Dialect} says, what methods return that return nothing else, and parameters for
 * which every call gives such a text.
 */
final class SqlJoins {
  /** Not PRAGMA: it takes no bound value, and what ours are given are numbers of our own. */
  private static final Pattern SQL =
      Pattern.compile(
          "\\b(SELECT\\b.*\\bFROM|INSERT INTO|REPLACE INTO|UPDATE\\b.*\\bSET|DELETE FROM|WHERE"
              + "|ORDER BY|VALUES|CREATE TABLE|ALTER TABLE|DROP TABLE|ATTACH|VACUUM INTO)\\b",
          Pattern.DOTALL);

  private static final List<String> JOINING = List.of("formatted", "format", "append", "concat");

  /** Splits a list of columns, which is a text of our own, and writes each of them. */
  private static final String EACH = "each";

  private final List<MethodTree> methods = new ArrayList<>();

  /** By method: which of its parameters become part of SQL. */
  private final SetMultimap<MethodTree, Integer> joined = HashMultimap.create();

  private final List<String> found = new ArrayList<>();

  /** Types of variables, by name: enough to tell overloads apart. */
  private final SetMultimap<String, String> types = HashMultimap.create();

  /** What is wrong in these sources, which are looked at together. */
  static List<String> in(Iterable<? extends CompilationUnitTree> units) {
    SqlJoins joins = new SqlJoins();
    for (CompilationUnitTree unit : units) {
      unit.accept(joins.new Methods(), null);
    }
    // First which parameters become SQL, however many calls away; then what is given for them.
    int known;
    do {
      known = joined(joins);
    } while (joins.joined.size() > known);
    return List.copyOf(joins.found);
  }

  private static int joined(SqlJoins joins) {
    int known = joins.joined.size();
    joins.found.clear();
    joins.methods.forEach(method -> method.accept(joins.new Check(method), null));
    return known;
  }

  private final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      methods.add(method);
      return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
      types.put(variable.getName().toString(), String.valueOf(variable.getType()));
      return super.visitVariable(variable, null);
    }
  }

  /** Looks at one method. */
  private final class Check extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final MethodTree method;
    private final Map<String, ExpressionTree> variables = new HashMap<>();

    Check(MethodTree method) {
      this.method = method;
      keepVariables();
    }

    private void keepVariables() {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
          if (variable.getInitializer() != null) {
            variables.put(variable.getName().toString(), variable.getInitializer());
          }
          return super.visitVariable(variable, null);
        }

        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void none) {
          variables.put(loop.getVariable().getName().toString(), loop.getExpression());
          return super.visitEnhancedForLoop(loop, null);
        }
      }.scan(method.getBody(), null);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void none) {
      if (tree.getKind() == Tree.Kind.PLUS && saysSql(tree) && !isOurs(tree)) {
        found.add(tree.toString());
      }
      return super.visitBinary(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      if (JOINING.contains(name(call)) && saysSql(call) && !isOurs(call)) {
        found.add(call.toString());
      }
      for (MethodTree called : methods) {
        for (int index : mayCall(call, called) ? joined.get(called) : Set.<Integer>of()) {
          if (!isOurs(call.getArguments().get(index))) {
            found.add(call.toString());
          }
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    private boolean isOurs(ExpressionTree tree) {
      if (tree instanceof ParenthesizedTree inner) {
        return isOurs(inner.getExpression());
      }
      if (tree instanceof BinaryTree both && both.getKind() == Tree.Kind.PLUS) {
        return isOurs(both.getLeftOperand()) && isOurs(both.getRightOperand());
      }
      if (tree instanceof ConditionalExpressionTree either) {
        return isOurs(either.getTrueExpression()) && isOurs(either.getFalseExpression());
      }
      if (tree instanceof SwitchExpressionTree choice) {
        return choice.getCases().stream()
            .allMatch(each -> each.getBody() instanceof ExpressionTree text && isOurs(text));
      }
      if (tree instanceof MethodInvocationTree call) {
        return isOurs(call);
      }
      if (tree instanceof IdentifierTree identifier) {
        return isOurs(identifier.getName().toString());
      }
      return tree instanceof LiteralTree
          || (tree instanceof MemberSelectTree member
              && isConstant(member.getIdentifier().toString()));
    }

    private boolean isOurs(MethodInvocationTree call) {
      String name = name(call);
      if (name.equals("formatted") && call.getMethodSelect() instanceof MemberSelectTree text) {
        return isOurs(text.getExpression()) && call.getArguments().stream().allMatch(this::isOurs);
      }
      if (name.equals(EACH)) {
        return isOurs(call.getArguments().get(0));
      }
      boolean saidByDialect =
          call.getMethodSelect() instanceof MemberSelectTree method
              && method.getExpression().toString().matches("(.*\\.)?dialect(\\(\\))?");
      return (saidByDialect || returnsOurs(name, call.getArguments().size()))
          && call.getArguments().stream().allMatch(given -> isOurs(given) || !mayBeText(given));
    }

    /** A name: a constant, a variable that holds a text of ours, or a parameter. */
    private boolean isOurs(String name) {
      if (isConstant(name)) {
        return true;
      }
      if (variables.containsKey(name)) {
        return isOurs(variables.get(name));
      }
      for (int i = 0; i < method.getParameters().size(); i++) {
        VariableTree parameter = method.getParameters().get(i);
        if (parameter.getName().contentEquals(name)
            && parameter.getType().toString().equals("String")) {
          joined.put(method, i);
          return true;
        }
      }
      return false;
    }
  }

  /** Whether all methods of this name and number of parameters return texts of ours only. */
  private boolean returnsOurs(String name, int parameters) {
    List<MethodTree> named =
        methods.stream()
            .filter(each -> each.getName().contentEquals(name))
            .filter(each -> each.getParameters().size() == parameters)
            .filter(each -> String.valueOf(each.getReturnType()).equals("String"))
            .toList();
    return !named.isEmpty() && named.stream().allMatch(this::returnsOurs);
  }

  private final Set<MethodTree> asked = new HashSet<>();

  private boolean returnsOurs(MethodTree method) {
    if (!asked.add(method)) {
      return true; // asked already further up
    }
    try {
      Check check = new Check(method);
      boolean[] ours = {method.getBody() != null};
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitReturn(ReturnTree returned, @Nullable Void none) {
          ours[0] &= returned.getExpression() != null && check.isOurs(returned.getExpression());
          return super.visitReturn(returned, null);
        }
      }.scan(method.getBody(), null);
      return ours[0];
    } finally {
      asked.remove(method);
    }
  }

  private static boolean isConstant(String name) {
    return name.matches("[A-Z][A-Z0-9_]*");
  }

  /** By name, number of arguments, and whether there is a text where one is declared. */
  private boolean mayCall(MethodInvocationTree call, MethodTree method) {
    List<? extends VariableTree> parameters = method.getParameters();
    if (!method.getName().contentEquals(name(call))
        || parameters.size() != call.getArguments().size()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      boolean text = String.valueOf(parameters.get(i).getType()).equals("String");
      if (text && !mayBeText(call.getArguments().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether an argument may be a text: a lambda, or a variable of another type, is none. */
  private boolean mayBeText(ExpressionTree given) {
    return !(given instanceof LambdaExpressionTree)
        && !given.toString().endsWith("dialect()")
        && !(given instanceof IdentifierTree variable
            && types.containsKey(variable.getName().toString())
            && !types.containsEntry(variable.getName().toString(), "String"));
  }

  private static String name(MethodInvocationTree call) {
    Tree method = call.getMethodSelect();
    return method instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : method.toString();
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
}

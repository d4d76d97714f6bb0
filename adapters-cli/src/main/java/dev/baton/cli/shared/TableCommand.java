package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints rows as a table that fits the terminal or as JSON, once or again and again. */
@Command(exitCodeList = "0:the list was printed, which may be empty")
public abstract class TableCommand<T> extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  private final Shape<T> shape;

  protected TableCommand(CliContext context, Shape<T> shape) {
    super(context);
    this.shape = requireNonNull(shape, "shape");
  }

  /**
   * How rows are shown.
   *
   * @param member what the list is called in JSON
   * @param none what is said when there are no rows
   */
  public record Shape<T>(
      String member, String none, Function<T, Map<String, Object>> json, Table<T> table) {}

  /** Prints {@code rows}, asking for them each time. */
  protected final int show(Supplier<List<T>> rows) throws InterruptedException {
    watch.show(context, console, () -> print(rows.get()));
    return ExitCodes.OK;
  }

  /** What is said when there are no rows. */
  protected String none() {
    return shape.none();
  }

  private void print(List<T> rows) {
    if (console.json()) {
      List<Map<String, Object>> items = rows.stream().map(shape.json()).toList();
      console.print(new Jsons.Members().put(shape.member(), items).toMap());
    } else if (rows.isEmpty()) {
      console.say(none());
    } else {
      shape.table().print(rows, context, console);
    }
  }
}

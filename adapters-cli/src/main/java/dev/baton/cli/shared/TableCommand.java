package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.BatonClient;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints rows as a table that fits the terminal or as JSON, once or again and again. */
@Command(exitCodeList = "0:the list was printed, which may be empty")
public abstract class TableCommand<T> extends ServerCommand {
  @Mixin private final Watch watch = new Watch();

  private final Shape<T> shape;

  protected TableCommand(CliContext context, Shape<T> shape) {
    super(context);
    this.shape = requireNonNull(shape, "shape");
  }

  private TableCommand(CliContext context, Words words, Shape<T> shape) {
    super(context, words);
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

  /** Which page of a list to show. */
  public static final class Page {
    private static final int MAX = 1_000_000;

    @Option(
        names = "--page",
        paramLabel = "N",
        defaultValue = "1",
        description = "Counted from 1, 100 on each (default: ${DEFAULT-VALUE}).")
    private int page;

    /** The page, counted from 0; ends the command when there can be none such. */
    public int index() {
      if (page < 1 || page > MAX) {
        throw CommandFailure.usage("--page is from 1 to " + MAX);
      }
      return page - 1;
    }
  }

  /** A list of what there is, page by page. */
  public static <T> TableCommand<T> paged(
      CliContext context,
      String description,
      Shape<T> shape,
      BiFunction<BatonClient, Integer, List<T>> rows) {
    return new Paged<>(context, description, shape, rows);
  }

  /** A list of all that there is. */
  public static <T> TableCommand<T> all(
      CliContext context, String description, Shape<T> shape, Function<BatonClient, List<T>> rows) {
    return new All<>(context, description, shape, rows);
  }

  @Command
  private static final class Paged<T> extends TableCommand<T> {
    private final BiFunction<BatonClient, Integer, List<T>> rows;

    @Mixin private final Page page = new Page();

    Paged(
        CliContext context,
        String description,
        Shape<T> shape,
        BiFunction<BatonClient, Integer, List<T>> rows) {
      super(context, Words.of(description), shape);
      this.rows = rows;
    }

    @Override
    public Integer call() throws InterruptedException {
      int index = page.index();
      try (BatonClient server = where.reading().existing(context)) {
        return show(() -> rows.apply(server, index));
      }
    }
  }

  @Command
  private static final class All<T> extends TableCommand<T> {
    private final Function<BatonClient, List<T>> rows;

    All(
        CliContext context,
        String description,
        Shape<T> shape,
        Function<BatonClient, List<T>> rows) {
      super(context, Words.of(description), shape);
      this.rows = rows;
    }

    @Override
    public Integer call() throws InterruptedException {
      try (BatonClient server = where.reading().existing(context)) {
        return show(() -> rows.apply(server));
      }
    }
  }
}

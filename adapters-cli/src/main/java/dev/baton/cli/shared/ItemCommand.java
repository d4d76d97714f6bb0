package dev.baton.cli.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.BatonClient;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command about one thing that is named by its id and by nothing else. */
@Command
public final class ItemCommand<I> extends ServerCommand {
  private final Kind<I> kind;
  private final BiFunction<BatonClient, I, Told> deed;
  private final Optional<BiFunction<BatonClient, I, String>> question;
  private final Consent consent = new Consent();
  private @Nullable I id;

  private boolean reads;

  private ItemCommand(
      CliContext context,
      Kind<I> kind,
      Words words,
      BiFunction<BatonClient, I, Told> deed,
      Optional<BiFunction<BatonClient, I, String>> question) {
    super(context, words);
    this.kind = kind;
    this.deed = deed;
    this.question = question;
  }

  /** What it is that is named, such as {@code SCHEDULE}. */
  public record Kind<I>(String label, Class<I> type) {

    /** A command that does {@code deed} and tells what came of it. */
    public ItemCommand<I> command(
        CliContext context, Words words, BiFunction<BatonClient, I, Told> deed) {
      return new ItemCommand<>(context, this, words, deed, Optional.empty());
    }

    /** A command that shows something, beside whoever has a database file open. */
    public ItemCommand<I> reading(
        CliContext context, Words words, BiFunction<BatonClient, I, Told> deed) {
      ItemCommand<I> command = command(context, words, deed);
      command.reads = true;
      return command;
    }

    /**
     * As {@link #command}, of what can't be undone.
     *
     * @param question says what would be done, after "About to"
     */
    public ItemCommand<I> asking(
        CliContext context,
        Words words,
        BiFunction<BatonClient, I, String> question,
        BiFunction<BatonClient, I, Told> deed) {
      return new ItemCommand<>(context, this, words, deed, Optional.of(question));
    }
  }

  /**
   * What to tell.
   *
   * @param data for programs
   * @param text the same for people
   * @param sentence beside the data, for people
   */
  public record Told(Map<String, Object> data, Optional<String> text, Optional<String> sentence) {

    /** Tells it as the options say. */
    public void tell(Output console) {
      if (console.json()) {
        console.print(data);
      } else {
        text.ifPresent(console::print);
      }
      sentence.ifPresent(console::say);
    }

    /** What is shown. */
    public static Told shown(Map<String, Object> data, String text) {
      return new Told(data, Optional.of(Texts.harmless(text)), Optional.empty());
    }

    /** What was done; data is for programs only. */
    public static Told done(Map<String, Object> data, String sentence) {
      return new Told(data, Optional.empty(), Optional.of(sentence));
    }
  }

  @Override
  public void describe(CommandSpec spec) {
    super.describe(spec);
    String label = kind.label();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel(label)
            .type(kind.type())
            .description("The %s's id.".formatted(label.toLowerCase(Locale.ROOT)))
            .setter(this::set)
            .build());
    if (question.isPresent()) {
      spec.addMixin("consent", CommandSpec.forAnnotatedObject(consent));
    }
  }

  private <T> @Nullable T set(@Nullable T value) {
    id = value == null ? null : kind.type().cast(value);
    return value;
  }

  @Override
  public Integer call() {
    I named = requireNonNull(id, "id");
    try (BatonClient server = (reads ? where.reading() : where).existing(context)) {
      question.ifPresent(
          asked -> consent.require(asked.apply(server, named), context.terminal(), console));
      deed.apply(server, named).tell(console);
    }
    return ExitCodes.OK;
  }
}

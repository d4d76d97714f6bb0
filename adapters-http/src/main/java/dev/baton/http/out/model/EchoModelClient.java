package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.http.out.model.protocol.ChatText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Repeats what it is asked, and says that it is no model. The same request has the same answer. A
 * token is a word with the blanks after it. Thread-safe.
 */
final class EchoModelClient implements ModelClient {
  static final String NOTICE = "This is Baton's built-in echo provider; no model was asked.\n";
  private static final Pattern WORD_END = Pattern.compile("(?<=\\s)(?=\\S)");
  private static final int WORDS_PER_PIECE = 16;

  private final List<ModelSpec> models;
  private final Duration delay;
  private final Set<Asked> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Makes one.
   *
   * @param models none: any name is taken
   * @param delay before each piece of an answer, and before its end
   */
  EchoModelClient(List<ModelSpec> models, Duration delay) {
    this.models = List.copyOf(models);
    this.delay = delay;
  }

  @Override
  public List<ModelSpec> models() {
    return models;
  }

  @Override
  public boolean serves(ModelName model) {
    return models.isEmpty() || models.stream().anyMatch(spec -> spec.name().equals(model));
  }

  @Override
  public Call ask(ModelRequest request, Consumer<String> onPiece) {
    if (!serves(request.model())) {
      return new Asked(Asked.unknown());
    }
    Asked call = new Asked();
    open.add(call);
    call.onAbort(() -> open.remove(call));
    Echo echo = echo(request);
    PieceTeller teller = new PieceTeller(request, onPiece, call);
    if (delay.isZero()) {
      echo.pieces().forEach(teller::tell);
      end(call, echo);
    } else {
      tellLater(call, echo, 0, teller);
    }
    if (closed) {
      call.abort();
    }
    return call;
  }

  private record Echo(List<String> pieces, Answered answered) {}

  private void tellLater(Asked call, Echo echo, int next, PieceTeller teller) {
    var unused =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(
                () -> {
                  if (call.isOver()) {
                    return;
                  }
                  if (next == echo.pieces().size()) {
                    end(call, echo);
                  } else {
                    teller.tell(echo.pieces().get(next));
                    tellLater(call, echo, next + 1, teller);
                  }
                });
  }

  private void end(Asked call, Echo echo) {
    open.remove(call);
    call.end(closed ? Asked.aborted() : echo.answered());
  }

  private static Echo echo(ModelRequest request) {
    Parameters parameters = request.prompt().parameters();
    String said = ChatText.lastSaid(request.prompt());
    String whole = EchoedJson.of(parameters.options(), said).orElse(NOTICE + said);
    List<String> words = List.of(WORD_END.split(whole));
    int most = parameters.maxTokens().orElse(Integer.MAX_VALUE);
    boolean cut = words.size() > most;
    List<String> told = cut ? words.subList(0, most) : words;
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < told.size(); i += WORDS_PER_PIECE) {
      pieces.add(String.join("", told.subList(i, Math.min(told.size(), i + WORDS_PER_PIECE))));
    }
    long in = WORD_END.split(said).length;
    return new Echo(
        pieces,
        new Answered(
            new Completion(
                String.join("", told),
                Optional.of(new Usage(in, told.size(), in + told.size())),
                Optional.of(request.id()),
                Optional.of(
                    new ModelAnswer(request.model(), cut ? "length" : "stop", Optional.empty())))));
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Asked::abort);
  }
}

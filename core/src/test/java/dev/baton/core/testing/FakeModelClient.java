package dev.baton.core.testing;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Models that do what a test wrote down for them. A call takes the next step of its model's script,
 * then of the script for all, and when both are used up it does what {@link #otherwise} says, which
 * is to answer with the prompt's text.
 *
 * <p>Thread-safe. A call whose step is known ends within {@link #ask}, on the caller's thread; one
 * that hangs ends on the thread that ends it.
 */
public final class FakeModelClient implements ModelClient {
  private final List<ModelSpec> models;
  private final Map<ModelName, Deque<Step>> scripts = new HashMap<>();
  private final Deque<Step> script = new ArrayDeque<>();
  private final List<FakeCall> calls = new ArrayList<>();
  private Step otherwise = new Repeats();
  private int running;
  private int mostAtOnce;
  private boolean closed;

  /**
   * @param models none: any name is taken
   */
  public FakeModelClient(ModelSpec... models) {
    this.models = List.of(models);
  }

  /** What a call does. */
  public sealed interface Step {}

  /** It answers with the prompt's text, in one piece. */
  public record Repeats() implements Step {}

  /** It answers with these pieces, joined. */
  public record Says(List<String> pieces) implements Step {
    public Says(String... pieces) {
      this(List.of(pieces));
    }
  }

  /** It ends in this way, telling no piece. */
  public record Ends(ModelOutcome outcome) implements Step {}

  /** It goes on until the test ends it, or it is given up. */
  public record Hangs() implements Step {}

  /** A step that refuses. */
  public static Step refuses(ModelFault fault) {
    return new Ends(new Refused(fault, "as the test wants it", Optional.empty()));
  }

  /** A step that refuses and asks to be left alone. */
  public static Step refuses(ModelFault fault, Duration retryAfter) {
    return new Ends(new Refused(fault, "as the test wants it", Optional.of(retryAfter)));
  }

  /** A model with room for {@code concurrency} calls, without prices, bounds or fallbacks. */
  public static ModelSpec model(String name, int concurrency) {
    return new ModelSpec(
        new ModelName(name),
        "fake",
        concurrency,
        OptionalInt.empty(),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** Adds steps for calls of any model. */
  public synchronized void script(Step... steps) {
    script.addAll(List.of(steps));
  }

  /** Adds steps for calls of one model, which go first. */
  public synchronized void script(ModelName model, Step... steps) {
    scripts.computeIfAbsent(model, name -> new ArrayDeque<>()).addAll(List.of(steps));
  }

  /** What calls do for which nothing is written down. */
  public synchronized void otherwise(Step step) {
    otherwise = step;
  }

  /** All calls so far, in the order in which they began. */
  public synchronized List<FakeCall> calls() {
    return List.copyOf(calls);
  }

  /** The calls that began and have not ended. */
  public synchronized List<FakeCall> open() {
    return calls.stream().filter(call -> !call.over).toList();
  }

  /** The most calls that were under way at one time. */
  public synchronized int mostAtOnce() {
    return mostAtOnce;
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
    FakeCall call = new FakeCall(request, onPiece);
    Step step = begin(call);
    call.take(step);
    return call;
  }

  private synchronized Step begin(FakeCall call) {
    calls.add(call);
    running++;
    mostAtOnce = Math.max(mostAtOnce, running);
    if (closed) {
      return refuses(ModelFault.ABORTED);
    }
    if (!serves(call.request.model())) {
      return refuses(ModelFault.BAD_REQUEST);
    }
    Deque<Step> own = scripts.get(call.request.model());
    if (own != null && !own.isEmpty()) {
      return own.remove();
    }
    return script.isEmpty() ? otherwise : script.remove();
  }

  /** Whether the call was under way until now. */
  private synchronized boolean ended(FakeCall call) {
    boolean first = !call.over;
    call.over = true;
    running -= first ? 1 : 0;
    return first;
  }

  @Override
  public void close() {
    List<FakeCall> left;
    synchronized (this) {
      closed = true;
      left = open();
    }
    left.forEach(FakeCall::abort);
  }

  /** One call, and the test's hand on it. */
  public final class FakeCall implements Call {
    private final ModelRequest request;
    private final Consumer<String> onPiece;
    private final CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
    private volatile boolean aborted;
    private boolean over;

    private FakeCall(ModelRequest request, Consumer<String> onPiece) {
      this.request = request;
      this.onPiece = onPiece;
    }

    public ModelRequest request() {
      return request;
    }

    @Override
    public CompletableFuture<ModelOutcome> outcome() {
      return outcome;
    }

    @Override
    public void abort() {
      aborted = true;
      end(new Refused(ModelFault.ABORTED, "given up", Optional.empty()));
    }

    /** Whether the caller gave it up. */
    public boolean isAborted() {
      return aborted;
    }

    /** Tells a piece of the answer, where the prompt asks for a stream. */
    public void tell(String piece) {
      checkArgument(!outcome.isDone(), "the call is over");
      if (request.prompt().parameters().stream()) {
        onPiece.accept(piece);
      }
    }

    /** Ends it; without effect when it is over. */
    public void end(ModelOutcome how) {
      // Not under way any more when whoever waits for the outcome looks.
      if (ended(this)) {
        outcome.complete(how);
      }
    }

    /** Ends it with a text. */
    public void answer(String text) {
      end(new Answered(completion(text)));
    }

    private void take(Step step) {
      if (step instanceof Ends ends) {
        end(ends.outcome());
      } else if (step instanceof Says says) {
        says(says.pieces());
      } else if (step instanceof Repeats) {
        says(List.of(request.prompt().text()));
      }
    }

    private void says(List<String> pieces) {
      try {
        for (String piece : pieces) {
          if (!outcome.isDone()) {
            tell(piece);
          }
        }
      } catch (RuntimeException broken) {
        // The reader of the pieces broke, which is none of the answer's business.
      }
      answer(String.join("", pieces));
    }

    private Completion completion(String text) {
      long in = request.prompt().text().length();
      return new Completion(
          text,
          Optional.of(new Usage(in, text.length(), in + text.length())),
          Optional.empty(),
          Optional.of(new ModelAnswer(request.model(), "stop", Optional.empty())));
    }
  }
}

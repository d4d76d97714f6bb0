package dev.baton.core.usecase.model;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The models that are offered, what they cost, and which of them are left alone for a while.
 * Thread-safe.
 */
public final class Models {
  /** Characters that are taken for one token where nobody counted: a common rule of thumb. */
  public static final int CHARACTERS_PER_TOKEN = 4;

  /** Tokens that are taken for the frame of a prompt. */
  public static final int FRAME_TOKENS = 3;

  private static final double PRICED_TOKENS = 1_000_000;

  private final Store store;
  private final InstantSource clock;
  private final Routes routes;
  private final Optional<ModelName> preferred;
  private final WorkerPresence askers;

  @GuardedBy("this")
  private final Map<ModelName, ModelPause> pauses = new LinkedHashMap<>();

  /**
   * @param offered empty: any model is taken
   * @param preferred the model of tasks that name none; empty: the first that is offered
   */
  public Models(
      Store store,
      InstantSource clock,
      List<ModelSpec> offered,
      Optional<ModelName> preferred,
      WorkerPresence askers) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.routes = new Routes(offered);
    this.preferred = preferred.or(() -> routes.models().stream().findFirst());
    this.askers = requireNonNull(askers, "askers");
  }

  /**
   * What is offered, in the order of the configuration, by each provider on its own; empty when any
   * name is taken.
   */
  public List<ModelSpec> offered() {
    return List.copyOf(routes.entries());
  }

  /** What is offered under this name; of several entries the one to be asked first. */
  public Optional<ModelSpec> find(ModelName model) {
    return routes.of(model).stream().findFirst();
  }

  /** Names by which an answer for this model may have been given: its own and its entries'. */
  public Set<ModelName> answering(ModelName model) {
    Set<ModelName> names = new HashSet<>(Set.of(model));
    routes.of(model).forEach(entry -> names.add(entry.name()));
    return names;
  }

  Routes routes() {
    return routes;
  }

  /** The model of tasks that name none. */
  public Optional<ModelName> preferred() {
    return preferred;
  }

  /**
   * The entries to ask for a task, one for each attempt, from the front again when all were asked:
   * those of its own model or of the preferred one, then those of that one's fallbacks. Empty when
   * the task names none and there is none to prefer.
   */
  public List<ModelName> chain(Optional<ModelName> named) {
    return named.or(() -> preferred).map(first -> routes.route(first).all()).orElse(List.of());
  }

  /**
   * What keeps this process from asking anybody for a model: the pause that ends first, if each of
   * its entries and of its fallbacks is paused.
   */
  public Optional<ModelPause> blockedBy(ModelName model) {
    List<ModelName> chain = chain(Optional.of(model));
    List<ModelPause> pauses =
        paused().stream().filter(pause -> chain.contains(pause.model())).toList();
    if (pauses.size() < Set.copyOf(chain).size()) {
      return Optional.empty();
    }
    ModelPause first = Collections.min(pauses, Comparator.comparing(ModelPause::until));
    return Optional.of(
        pauses.size() == 1 ? first : new ModelPause(model, first.until(), told(pauses)));
  }

  private static String told(List<ModelPause> pauses) {
    return pauses.stream()
        .map(pause -> "%s until %s: %s".formatted(pause.model(), pause.until(), pause.reason()))
        .collect(Collectors.joining("; "));
  }

  /**
   * Refuses with {@link ErrorCode#MODEL_NOT_SUPPORTED} a model that nobody would answer for: one
   * that is not among those configured, and that no worker asked for within the last {@link
   * WorkerPresence#MEMORY}. Where no list is configured every name is good.
   */
  public void check(ModelName model) {
    if (!routes.models().isEmpty()
        && routes.of(model).isEmpty()
        && !askers.isAnsweredFor(model, clock.instant())) {
      throw new BatonException(
          ErrorCode.MODEL_NOT_SUPPORTED,
          "model %s is not available; available are: %s"
              .formatted(
                  model,
                  routes.models().stream()
                      .map(ModelName::value)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** The longest answer of the model that is asked for a task; empty when it has no bound. */
  public OptionalInt maxTokens(Optional<ModelName> named) {
    return named
        .or(() -> preferred)
        .flatMap(this::find)
        .map(ModelSpec::maxTokens)
        .orElse(OptionalInt.empty());
  }

  /** Why a task can't be asked like this; empty when it can. */
  public Optional<String> problem(Optional<ModelName> named, OptionalInt maxTokens) {
    try {
      named.ifPresent(this::check);
    } catch (BatonException e) {
      if (e.code() != ErrorCode.MODEL_NOT_SUPPORTED) {
        throw e;
      }
      return Optional.ofNullable(e.getMessage());
    }
    OptionalInt most = maxTokens(named);
    return maxTokens.isPresent() && most.isPresent() && maxTokens.getAsInt() > most.getAsInt()
        ? Optional.of("maxTokens is at most " + most.getAsInt() + " for this model")
        : Optional.empty();
  }

  /**
   * What a prompt would cost.
   *
   * @param promptTokens estimated, see {@link #CHARACTERS_PER_TOKEN}
   * @param completionTokens the most that the answer may have, where there is a bound
   * @param promptCost dollars for the prompt alone, where the model has a price
   * @param cost dollars at most, where the model has a price and the answer a bound
   */
  public record Estimate(
      long promptTokens,
      OptionalInt completionTokens,
      OptionalDouble promptCost,
      OptionalDouble cost) {}

  /** Estimates without asking anybody. */
  public Estimate estimate(Prompt prompt, Optional<ModelName> named) {
    Optional<ModelSpec> spec = named.or(() -> preferred).flatMap(this::find);
    long promptTokens = tokens(prompt);
    OptionalInt answer = prompt.parameters().maxTokens();
    OptionalInt bound = answer.isPresent() ? answer : spec.map(ModelSpec::maxTokens).orElse(answer);
    return new Estimate(
        promptTokens,
        bound,
        spec.map(s -> price(s, promptTokens, 0)).orElse(OptionalDouble.empty()),
        bound.isPresent()
            ? spec.map(s -> price(s, promptTokens, bound.getAsInt())).orElse(OptionalDouble.empty())
            : OptionalDouble.empty());
  }

  /**
   * Tokens that a prompt is taken for: its characters (Unicode code points) by {@link
   * #CHARACTERS_PER_TOKEN}, rounded up, and {@link #FRAME_TOKENS}. Providers count differently, by
   * a fifth more or less for English, and by more for other languages and for code.
   */
  public static long tokens(Prompt prompt) {
    String text =
        prompt.parameters().messages().map(messages -> messages.json()).orElse(prompt.text());
    long characters = text.codePointCount(0, text.length());
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN + FRAME_TOKENS;
  }

  /** Dollars that an answer cost; empty when the model has no price. */
  public OptionalDouble cost(ModelName model, Usage usage) {
    return find(model)
        .map(spec -> price(spec, usage.promptTokens(), usage.completionTokens()))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble price(ModelSpec spec, long promptTokens, long completionTokens) {
    return spec.inputPrice().isPresent() && spec.outputPrice().isPresent()
        ? OptionalDouble.of(
            (promptTokens * spec.inputPrice().getAsDouble()
                    + completionTokens * spec.outputPrice().getAsDouble())
                / PRICED_TOKENS)
        : OptionalDouble.empty();
  }

  /** Reads the pauses of an earlier run; until then they hold for leases all the same. */
  public CompletableFuture<List<ModelPause>> load() {
    return store
        .read(tx -> tx.pauses().all())
        .thenApply(
            stored -> {
              stored.forEach(this::remember);
              return stored;
            });
  }

  /** True when it holds longer than what was known. */
  private synchronized boolean remember(ModelPause pause) {
    ModelPause known = pauses.get(pause.model());
    boolean longer = known == null || pause.until().isAfter(known.until());
    if (longer) {
      pauses.put(pause.model(), pause);
    }
    return longer;
  }

  /**
   * Leaves a model alone, for everybody: nobody is handed a task that names it. Holds in this
   * process at once, durably when the future completes, and is never shortened by another pause.
   *
   * @param howLong up to {@link FaultRules#PAUSE_MAX}
   */
  public CompletableFuture<ModelPause> pause(ModelName model, Duration howLong, String reason) {
    checkArgument(
        !howLong.isNegative() && howLong.compareTo(FaultRules.PAUSE_MAX) <= 0,
        "a pause is from zero to %s",
        DurationText.of(FaultRules.PAUSE_MAX));
    ModelPause pause = new ModelPause(model, clock.instant().plus(howLong), reason);
    if (!remember(pause)) {
      return CompletableFuture.completedFuture(pause);
    }
    return store.write(
        Urgency.CARRY,
        tx -> {
          boolean longer =
              tx.pauses().all().stream()
                  .noneMatch(
                      known ->
                          known.model().equals(model) && !known.until().isBefore(pause.until()));
          if (longer) {
            tx.pauses().put(pause);
          }
          return pause;
        });
  }

  /** Asks a model again before its time; who waits for work is woken by the next nudge. */
  public CompletableFuture<Void> resume(ModelName model) {
    synchronized (this) {
      pauses.remove(model);
    }
    return store
        .write(
            Urgency.CARRY,
            tx -> {
              tx.pauses().remove(model);
              return model;
            })
        .thenAccept(resumed -> {});
  }

  /** The pauses that hold now, by name. */
  public List<ModelPause> paused() {
    Instant now = clock.instant();
    synchronized (this) {
      return pauses.values().stream()
          .filter(pause -> pause.holdsAt(now))
          .sorted(Comparator.comparing(pause -> pause.model().value()))
          .toList();
    }
  }

  /** Names of the models that are paused now. */
  public Set<ModelName> pausedNames() {
    return paused().stream().map(ModelPause::model).collect(Collectors.toSet());
  }

  /**
   * Removes the pauses whose time is over; how many. Leases look at the time themselves, so this
   * only tidies, and tells whoever calls it that waiting workers are worth waking.
   */
  public CompletableFuture<Integer> endPauses() {
    Instant now = clock.instant();
    List<ModelPause> over;
    synchronized (this) {
      over = pauses.values().stream().filter(pause -> !pause.holdsAt(now)).toList();
    }
    if (over.isEmpty()) {
      return CompletableFuture.completedFuture(0);
    }
    return store
        .write(
            Urgency.CARRY,
            tx -> {
              tx.pauses().all().stream()
                  .filter(pause -> !pause.holdsAt(now))
                  .forEach(pause -> tx.pauses().remove(pause.model()));
              return over.size();
            })
        .thenApply(
            ended -> {
              forget(over);
              return ended;
            });
  }

  private synchronized void forget(List<ModelPause> over) {
    over.forEach(pause -> pauses.remove(pause.model(), pause));
  }
}

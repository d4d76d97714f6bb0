package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Strictness;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonReader;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Reads what was posted, in the same way for every route: strict JSON of the route's shape. Unknown
 * members are named by JSON pointers, see {@link Strictness}. Thread-safe.
 */
public final class Bodies {
  /** A body of a few short members. */
  public static final long SMALL_MAX = 64L << 10;

  /** A body that holds one prompt of full size, also when much of it is escaped. */
  public static final long PROMPT_MAX = 8L << 20;

  private static final JsonShape NOTHING = JsonShape.builder().build();
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final Strictness strictness;

  /** What a route does with a body of its shape. */
  @FunctionalInterface
  public interface Action {
    Reply of(Request request, Fields body);
  }

  public Bodies(Strictness strictness) {
    this.strictness = requireNonNull(strictness, "strictness");
  }

  public Strictness strictness() {
    return strictness;
  }

  /** A handler for a body that must be there. */
  public Handler reading(JsonShape shape, Action action) {
    return new Reading(
        strictness,
        () -> shape,
        false,
        (request, values) -> () -> action.of(request, Fields.of(values)));
  }

  /** A handler for a body that a record declares and that must be there. */
  public <T extends Record> Handler reading(Body<T> body, BiFunction<Request, T, Reply> action) {
    return new Reading(strictness, body::shape, false, bound(body, action));
  }

  /** A handler for a body that a record declares; left out, it is as good as an empty object. */
  public <T extends Record> Handler readingOptional(
      Body<T> body, BiFunction<Request, T, Reply> action) {
    return new Reading(strictness, body::shape, true, bound(body, action));
  }

  private static <T extends Record> Preparation bound(
      Body<T> body, BiFunction<Request, T, Reply> action) {
    return (request, values) -> {
      T read = body.bind(values);
      return () -> action.apply(request, read);
    };
  }

  /** A handler of what takes no members; a body is read all the same, as strictly as any other. */
  public Handler readingNothing(Handler handler) {
    return new Reading(
        strictness, () -> NOTHING, true, (request, values) -> () -> handler.handle(request));
  }

  /** Makes the work of what was read, or refuses it before anything is begun. */
  @FunctionalInterface
  private interface Preparation {
    Supplier<Reply> of(Request request, JsonValues values);
  }

  /** Reads the body, and only when that is good begins to act on it. */
  public static final class Reading implements Handler {
    private final Strictness strictness;
    private final Supplier<JsonShape> shape;
    private final boolean optional;
    private final Preparation preparation;

    private Reading(
        Strictness strictness,
        Supplier<JsonShape> shape,
        boolean optional,
        Preparation preparation) {
      this.strictness = strictness;
      this.shape = requireNonNull(shape, "shape");
      this.optional = optional;
      this.preparation = requireNonNull(preparation, "preparation");
    }

    /** The same handler, whose work, once its body was read, is done by {@code runner}. */
    public Reading around(BiFunction<Request, Supplier<Reply>, Reply> runner) {
      return new Reading(
          strictness,
          shape,
          optional,
          (request, values) -> {
            Supplier<Reply> work = preparation.of(request, values);
            return () -> runner.apply(request, work);
          });
    }

    @Override
    public Reply handle(Request request) {
      JsonValues values = read(request);
      List<String> ignored = values.ignoredAnywhere();
      strictness.check(request, ignored);
      return Strictness.naming(
          preparation.of(request, values).get(), Strictness.IGNORED_MEMBERS, ignored);
    }

    private JsonValues read(Request request) {
      if (optional && request.body().length == 0) {
        return JsonReader.read(shape.get(), EMPTY_OBJECT);
      }
      Json.requireJson(request);
      return JsonReader.read(shape.get(), request.body());
    }
  }
}

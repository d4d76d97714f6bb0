package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Fields;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.json.JsonReader;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Reads what was posted, in the same way for every route: strict JSON of the route's shape. An
 * unknown member is ignored and named in the reply's header {@code X-Ignored-Members} (as JSON
 * pointers); it is refused when the server is configured to be strict or the request says {@code
 * Prefer: handling=strict}. Thread-safe.
 */
public final class Bodies {
  /** A body of a few short members. */
  public static final long SMALL_MAX = 64L << 10;

  /** A body that holds one prompt of full size, also when much of it is escaped. */
  public static final long PROMPT_MAX = 8L << 20;

  public static final String IGNORED_HEADER = "X-Ignored-Members";

  private static final JsonShape NOTHING = JsonShape.builder().build();
  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  private static final int SHOWN_MAX = 128;

  private final boolean strict;

  /** What a route does with a body of its shape. */
  @FunctionalInterface
  public interface Action {
    Reply of(Request request, Fields body);
  }

  public Bodies(boolean strict) {
    this.strict = strict;
  }

  /** A handler for a body that must be there. */
  public Handler reading(JsonShape shape, Action action) {
    return new Reading(
        strict,
        () -> shape,
        false,
        (request, values) -> () -> action.of(request, Fields.of(values)));
  }

  /** A handler for a body that a record declares and that must be there. */
  public <T extends Record> Handler reading(Body<T> body, BiFunction<Request, T, Reply> action) {
    return new Reading(strict, body::shape, false, bound(body, action));
  }

  /** A handler for a body that a record declares; left out, it is as good as an empty object. */
  public <T extends Record> Handler readingOptional(
      Body<T> body, BiFunction<Request, T, Reply> action) {
    return new Reading(strict, body::shape, true, bound(body, action));
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
        strict, () -> NOTHING, true, (request, values) -> () -> handler.handle(request));
  }

  /** Makes the work of what was read, or refuses it before anything is begun. */
  @FunctionalInterface
  private interface Preparation {
    Supplier<Reply> of(Request request, JsonValues values);
  }

  /** Reads the body, and only when that is good begins to act on it. */
  public static final class Reading implements Handler {
    private final boolean strict;
    private final Supplier<JsonShape> shape;
    private final boolean optional;
    private final Preparation preparation;

    private Reading(
        boolean strict, Supplier<JsonShape> shape, boolean optional, Preparation preparation) {
      this.strict = strict;
      this.shape = requireNonNull(shape, "shape");
      this.optional = optional;
      this.preparation = requireNonNull(preparation, "preparation");
    }

    /** The same handler, whose work, once its body was read, is done by {@code runner}. */
    public Reading around(BiFunction<Request, Supplier<Reply>, Reply> runner) {
      return new Reading(
          strict,
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
      check(strict, request, ignored);
      return naming(preparation.of(request, values).get(), ignored);
    }

    private JsonValues read(Request request) {
      if (optional && request.body().length == 0) {
        return JsonReader.read(shape.get(), EMPTY_OBJECT);
      }
      Json.requireJson(request);
      return JsonReader.read(shape.get(), request.body());
    }
  }

  /**
   * Lets unknown members pass.
   *
   * @throws FieldErrors that names them, if they are to be refused
   */
  public void check(Request request, List<String> unknown) {
    check(strict, request, unknown);
  }

  private static void check(boolean strict, Request request, List<String> unknown) {
    if (!unknown.isEmpty() && (strict || prefersStrict(request))) {
      throw unknown(unknown);
    }
  }

  /** The reply, which names the unknown members that were ignored. */
  public static Reply naming(Reply reply, List<String> ignored) {
    return ignored.isEmpty() ? reply : reply.withHeader(IGNORED_HEADER, shown(ignored));
  }

  /** Whether what is unknown is refused. */
  public boolean isStrict(Request request) {
    return strict || prefersStrict(request);
  }

  private static boolean prefersStrict(Request request) {
    return request
        .header("Prefer")
        .map(prefer -> Arrays.asList(prefer.toLowerCase(Locale.ROOT).split("\\s*[,;]\\s*", -1)))
        .orElse(List.of())
        .contains("handling=strict");
  }

  private static FieldErrors unknown(List<String> pointers) {
    return new FieldErrors(
        ErrorCode.VALIDATION_FAILED,
        pointers.stream()
            .map(pointer -> FieldError.at(pointer, "There is no such member", "extra_forbidden"))
            .toList());
  }

  /** A member's name is the sender's text, and a header no place for any. */
  public static String shown(List<String> pointers) {
    StringBuilder shown = new StringBuilder();
    for (String pointer : pointers) {
      shown.append(shown.isEmpty() ? "" : ", ").append(isPlain(pointer) ? pointer : "?");
    }
    return shown.toString();
  }

  private static boolean isPlain(String pointer) {
    return pointer.length() <= SHOWN_MAX
        && pointer.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
  }
}

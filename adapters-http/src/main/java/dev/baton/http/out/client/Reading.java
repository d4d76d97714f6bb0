package dev.baton.http.out.client;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** How the body of a reply becomes what the caller wants. */
@FunctionalInterface
interface Reading<T> {

  /** Seed 2's reply that says no more than that it was done. */
  Reading<Boolean> DONE = value(Boolean.class, "/success").map(Reading::checked);

  /**
   * Reads a body.
   *
   * @throws IOException when the body is not what it should be; what the core's types refuse shows
   *     as their own exceptions
   */
  T of(byte[] body) throws IOException;

  /** The value at {@code pointer}. */
  static <T> Reading<T> value(Class<T> type, String pointer) {
    return body -> ClientJson.read(body, type, pointer);
  }

  /** The list at {@code pointer}. */
  static <T> Reading<List<T>> list(Class<T> type, String pointer) {
    return body -> ClientJson.readAll(body, type, pointer);
  }

  /** What is put together in another way than the core does. */
  static <T> Reading<T> wire(Class<? extends Wire<T>> type, String pointer) {
    return body -> ClientJson.read(body, type, pointer).toCore();
  }

  /** A list of such. */
  static <T> Reading<List<T>> wires(Class<? extends Wire<T>> type, String pointer) {
    return body -> ClientJson.readAll(body, type, pointer).stream().<T>map(Wire::toCore).toList();
  }

  default <R> Reading<R> map(Function<? super T, R> then) {
    return body -> then.apply(of(body));
  }

  static boolean checked(boolean done) {
    checkArgument(done, "not done");
    return true;
  }
}

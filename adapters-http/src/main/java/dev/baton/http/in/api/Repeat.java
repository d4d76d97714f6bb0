package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How a route is repeated safely under the header {@code Idempotency-Key}.
 *
 * @param scope names what is done; equal keys in two scopes never meet. Empty where no key is taken
 */
public record Repeat(Way way, String scope) {

  /** Who remembers the key. */
  public enum Way {
    /** Nobody: the header means nothing to this route. */
    NONE,
    /** The dialect, which keeps the reply and gives it again. */
    REPLY,
    /** The use case, which stores the key in one transaction with what it makes. */
    OBJECT
  }

  public static final Repeat NONE = new Repeat(Way.NONE, "");

  public Repeat {
    requireNonNull(way, "way");
    checkArgument(scope.isEmpty() == (way == Way.NONE), "a scope belongs to a key: %s", scope);
  }

  public static Repeat ofReply(String scope) {
    return new Repeat(Way.REPLY, scope);
  }

  public static Repeat ofObject(String scope) {
    return new Repeat(Way.OBJECT, scope);
  }

  /** Whether the route takes a key. */
  public boolean isKeyed() {
    return way != Way.NONE;
  }
}

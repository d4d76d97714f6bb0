package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import java.util.List;
import java.util.Map;

/**
 * A language that outside programs speak to Baton: its routes, and how it puts a refusal. Called
 * from many threads at once.
 */
public interface Dialect {

  /** Short and unique, as used in documentation: {@code bridge}, {@code ops}. */
  String name();

  List<Route> routes();

  /** What becomes of parameters that a route does not document. */
  default Strictness strictness() {
    return Strictness.LENIENT;
  }

  /** How this dialect says no. Must not throw. */
  Reply refusal(BatonException refused);

  /**
   * Paths that begin with this belong to the dialect even when it has no such route, so that it
   * answers "not found" in its own words. Empty means that it claims no more than its routes.
   */
  default String prefix() {
    return "";
  }

  /**
   * How this dialect puts what is refused before it is asked: a request to one of its paths that
   * breaks HTTP, a bound of the server or the rules of a query string. Must not throw.
   */
  default Reply refusal(TransportRefusal refused) {
    return TransportRefusals.transport(refused);
  }

  /**
   * Whether its replies are so small, and so much relied on, that it is answered while memory for
   * replies is used up.
   */
  default boolean isAlwaysAnswered() {
    return false;
  }

  /** How the documents describe what any of its routes may be refused with. */
  default SharedRefusals sharedRefusals() {
    return SharedRefusals.PLAIN;
  }

  /** How this dialect admits a bug, which the log shows under {@code errorId}. Must not throw. */
  default Reply failure(String errorId) {
    return Reply.json(500, Map.of("detail", "Internal Server Error", "id", errorId));
  }
}

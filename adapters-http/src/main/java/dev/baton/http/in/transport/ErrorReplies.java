package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.api.TransportRefusals;
import io.undertow.server.HttpServerExchange;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one request is answered when it is refused or fails, in the words of the dialect that it was
 * meant for. Confined to the connection's I/O thread.
 */
final class ErrorReplies {
  private static final System.Logger LOG = System.getLogger(ErrorReplies.class.getName());

  private final HttpServerExchange exchange;
  private final Router router;
  private final ServerStats stats;
  private final String id;
  private @Nullable Dialect dialect;

  ErrorReplies(HttpServerExchange exchange, Router router, ServerStats stats, String id) {
    this.exchange = exchange;
    this.router = router;
    this.stats = stats;
    this.id = id;
  }

  /** Whose route the request has led to. */
  void speak(Dialect found) {
    dialect = found;
  }

  /** A refusal as such; anything else is a bug, which is counted and logged. */
  Reply of(Throwable thrown) {
    if (thrown instanceof BatonException refused) {
      return of(refused);
    }
    if (thrown instanceof TransportRefusal refused) {
      return of(refused);
    }
    if (thrown instanceof OutOfMemoryError && dialect != null) {
      LOG.log(System.Logger.Level.WARNING, "request {0} did not fit into memory: {1}", id, thrown);
      return of(
          new BatonException(
              ErrorCode.OVERLOADED, "there is not enough memory for this now; try again later"));
    }
    stats.failed();
    LOG.log(System.Logger.Level.ERROR, this::failed, thrown);
    return owner()
        .map(owner -> owner.failure(id))
        .orElseGet(() -> Reply.json(500, Map.of("detail", "Internal Server Error", "id", id)));
  }

  Reply of(TransportRefusal refused) {
    return owner()
        .map(owner -> owner.refusal(refused))
        .orElseGet(() -> TransportRefusals.transport(refused));
  }

  private Reply of(BatonException refused) {
    Dialect owner = dialect;
    if (owner == null) {
      throw new IllegalStateException("refused outside any dialect", refused);
    }
    return owner.refusal(refused);
  }

  private Optional<Dialect> owner() {
    return Optional.ofNullable(dialect).or(() -> router.claimed(exchange.getRequestPath()));
  }

  private String failed() {
    return "request "
        + id
        + " failed: "
        + exchange.getRequestMethod()
        + " "
        + exchange.getRequestPath();
  }
}

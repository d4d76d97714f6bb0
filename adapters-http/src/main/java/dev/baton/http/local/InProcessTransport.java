package dev.baton.http.local;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Router;
import dev.baton.http.out.client.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link Transport} to the routes of dialects in this process, for one tenant. Handlers run on
 * the caller's thread; there are no connections, and no bounds of bodies, whose bytes are the
 * caller's own. A dialect renders its refusals as it does for HTTP; a bug is thrown as it is.
 * Thread-safe.
 */
public final class InProcessTransport implements Transport {
  private static final URI TARGET = URI.create("baton:local");

  private final Function<String, Dialect> dialects;
  private final TenantId tenant;
  private final Supplier<Path> spool;
  private final Runnable onClose;
  private final Map<Dialect, Router> routers = new ConcurrentHashMap<>();

  /**
   * @param dialects the dialect that a path belongs to; the same one each time
   * @param spool the directory for uploads while they are read; asked for when one comes
   * @param onClose closes what this transport is to close
   */
  public InProcessTransport(
      Function<String, Dialect> dialects, TenantId tenant, Supplier<Path> spool, Runnable onClose) {
    this.dialects = requireNonNull(dialects, "dialects");
    this.tenant = requireNonNull(tenant, "tenant");
    this.spool = requireNonNull(spool, "spool");
    this.onClose = requireNonNull(onClose, "onClose");
  }

  @Override
  public CompletableFuture<Incoming> send(Outgoing request) {
    int mark = request.path().indexOf('?');
    String path = mark < 0 ? request.path() : request.path().substring(0, mark);
    Dialect dialect = dialects.apply(path);
    Router router = routers.computeIfAbsent(dialect, one -> new Router(List.of(one)));
    String query = mark < 0 ? "" : request.path().substring(mark + 1);
    return new InProcessCall(request, dialect, tenant, spool)
        .reply(router.find(request.method(), path), path, query);
  }

  @Override
  public URI target() {
    return TARGET;
  }

  @Override
  public void close() {
    onClose.run();
  }
}

package dev.baton.http.out.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Stands where sockets are connected: notes each address, and leads elsewhere or nowhere. */
final class Dialling implements UnaryOperator<AsyncClientConnectionManager> {
  private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();
  private final Way way;

  /** Where a connection to an address leads. */
  interface Way {
    InetSocketAddress lead(InetSocketAddress asked, int nth) throws IOException;
  }

  Dialling(Way way) {
    this.way = way;
  }

  static Dialling nowhere() {
    return new Dialling(
        (asked, nth) -> {
          throw new IOException("nobody there");
        });
  }

  /** All to this port of this machine. */
  static Dialling to(int port) {
    return new Dialling(
        (asked, nth) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  List<InetSocketAddress> dialled() {
    return dialled;
  }

  @Override
  public AsyncClientConnectionManager apply(AsyncClientConnectionManager real) {
    return new Connections(real);
  }

  private Future<IOSession> dial(
      ConnectionInitiator real,
      NamedEndpoint name,
      SocketAddress asked,
      Timeout timeout,
      Object attachment,
      FutureCallback<IOSession> callback) {
    InetSocketAddress address = (InetSocketAddress) asked;
    dialled.add(address);
    try {
      InetSocketAddress to = way.lead(address, dialled.size());
      return real.connect(name, to, null, timeout, attachment, callback);
    } catch (IOException e) {
      callback.failed(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private final class Connections implements AsyncClientConnectionManager {
    private final AsyncClientConnectionManager real;

    Connections(AsyncClientConnectionManager real) {
      this.real = real;
    }

    @Override
    public Future<AsyncConnectionEndpoint> lease(
        String id,
        HttpRoute route,
        Object state,
        Timeout timeout,
        FutureCallback<AsyncConnectionEndpoint> callback) {
      return real.lease(id, route, state, timeout, callback);
    }

    @Override
    public void release(AsyncConnectionEndpoint endpoint, Object state, TimeValue keepAlive) {
      real.release(endpoint, state, keepAlive);
    }

    @Override
    public Future<AsyncConnectionEndpoint> connect(
        AsyncConnectionEndpoint endpoint,
        ConnectionInitiator initiator,
        Timeout timeout,
        Object attachment,
        HttpContext context,
        FutureCallback<AsyncConnectionEndpoint> callback) {
      return real.connect(
          endpoint,
          (name, remote, local, limit, tag, result) ->
              dial(initiator, name, remote, limit, tag, result),
          timeout,
          attachment,
          context,
          callback);
    }

    @Override
    public void upgrade(AsyncConnectionEndpoint endpoint, Object attachment, HttpContext context) {
      real.upgrade(endpoint, attachment, context);
    }

    @Override
    public void upgrade(
        AsyncConnectionEndpoint endpoint,
        Object attachment,
        HttpContext context,
        FutureCallback<AsyncConnectionEndpoint> callback) {
      real.upgrade(endpoint, attachment, context, callback);
    }

    @Override
    public void close(CloseMode mode) {
      real.close(mode);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}

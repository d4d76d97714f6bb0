package dev.baton.http.out.upstream;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.address.Resolver;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.jspecify.annotations.Nullable;

/**
 * Calls others over HTTP/1.1.
 *
 * <p>A host is looked up once for each call, every address that it leads to is checked, and the
 * call goes to one of those, over a new connection or over one that leads there and is free; TLS
 * and the {@code Host} header still go by the name. Redirects are answers like others. Proxies are
 * never asked. No request is sent twice.
 *
 * <p>Thread-safe. Nothing is started before the first call. Two I/O threads carry all calls;
 * looking a host up holds a thread of its own. {@link #MAX_CALLS} bounds both.
 */
public final class UpstreamClient implements AutoCloseable {
  /** Calls at once; what goes beyond fails as {@code BUSY}. */
  public static final int MAX_CALLS = 1_024;

  private static final int SPARE_SECONDS = 30;
  private static final int SWEEP_SECONDS = 5;
  private static final String BUSY = "too many calls are under way";

  private final OutboundCall.Ways ways;
  private final Set<OutboundCall> open = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(MAX_CALLS);
  private final ThreadPoolExecutor lookups;
  private final ScheduledThreadPoolExecutor timer;
  private @Nullable Transport transport;
  private volatile boolean closed;

  public UpstreamClient(OutboundRules rules) {
    this(rules, Resolver.SYSTEM, UnaryOperator.identity(), UpstreamClient::platformTls);
  }

  UpstreamClient(
      OutboundRules rules,
      Resolver resolver,
      UnaryOperator<AsyncClientConnectionManager> connections,
      Supplier<SSLContext> tls) {
    this.lookups =
        new ThreadPoolExecutor(
            0,
            MAX_CALLS,
            SPARE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("baton-out-lookup-%d"));
    this.timer = new ScheduledThreadPoolExecutor(1, threads("baton-out-timer"));
    this.timer.setRemoveOnCancelPolicy(true);
    this.ways =
        new OutboundCall.Ways(new Guard(rules, resolver), () -> transport(connections, tls), timer);
  }

  private static ThreadFactory threads(String name) {
    return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
  }

  private static SSLContext platformTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Made by the first call. */
  private synchronized Transport transport(
      UnaryOperator<AsyncClientConnectionManager> connections, Supplier<SSLContext> tls) {
    if (transport == null) {
      Transport made = new Transport(tls, connections);
      transport = made;
      if (closed) {
        made.close();
      } else {
        var unused =
            timer.scheduleWithFixedDelay(
                made::closeExpired, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
      }
    }
    return transport;
  }

  /** Connections that are open and free. */
  synchronized int idleConnections() {
    return transport == null ? 0 : transport.idleConnections();
  }

  /** Begins a call whose answer is gathered. Does not block. */
  public UpstreamCall send(UpstreamRequest request) {
    return begin(request, null);
  }

  /** Begins a call whose answer may be taken while it comes. Does not block. */
  public UpstreamCall send(UpstreamRequest request, BodySink sink) {
    return begin(request, sink);
  }

  private OutboundCall begin(UpstreamRequest request, @Nullable BodySink sink) {
    boolean taken = room.tryAcquire();
    OutboundCall call =
        new OutboundCall(request, Optional.ofNullable(sink), ways, ended -> end(ended, taken));
    open.add(call);
    call.watch();
    if (taken) {
      lookUp(call);
    } else {
      call.fail(UpstreamOutcome.Fault.BUSY, BUSY);
    }
    // A close that came meanwhile may have missed it.
    if (closed) {
      call.abort();
    }
    return call;
  }

  private void lookUp(OutboundCall call) {
    try {
      lookups.execute(call::start);
    } catch (RejectedExecutionException e) {
      call.fail(UpstreamOutcome.Fault.BUSY, BUSY);
    }
  }

  private void end(OutboundCall call, boolean taken) {
    open.remove(call);
    if (taken) {
      room.release();
    }
  }

  /** Gives up all calls, and closes all connections. */
  @Override
  public void close() {
    closed = true;
    open.forEach(OutboundCall::abort);
    lookups.shutdown();
    timer.shutdownNow();
    synchronized (this) {
      if (transport != null) {
        transport.close();
      }
    }
  }
}

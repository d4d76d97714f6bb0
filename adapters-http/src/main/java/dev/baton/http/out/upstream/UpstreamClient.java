package dev.baton.http.out.upstream;

import com.google.common.base.Suppliers;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls others over HTTP/1.1.
 *
 * <p>A host is looked up once for each call, every address that it leads to is checked, and the
 * connection goes to one of those; TLS and the {@code Host} header still go by the name. Each call
 * has a connection of its own: there is no pool to be held up by, and no answer that could be taken
 * for another call's. Redirects are answers like others. Proxies are never asked.
 *
 * <p>Thread-safe. Each call holds one thread while it lasts; {@link #MAX_CALLS} bounds them.
 */
public final class UpstreamClient implements AutoCloseable {
  /** Calls at once; what goes beyond fails as {@code BUSY}. */
  public static final int MAX_CALLS = 1_024;

  private static final int SPARE_SECONDS = 30;

  private final Guard guard;
  private final Dialer dialer;
  private final Supplier<SSLSocketFactory> tls;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closed;

  public UpstreamClient(OutboundRules rules) {
    this(rules, Resolver.SYSTEM, Dialer.DIRECT, UpstreamClient::platformTls);
  }

  UpstreamClient(
      OutboundRules rules, Resolver resolver, Dialer dialer, Supplier<SSLSocketFactory> tls) {
    this.guard = new Guard(rules, resolver);
    this.dialer = dialer;
    // Reading the platform's certificates takes longer than starting a server without them.
    this.tls = Suppliers.memoize(tls::get);
    this.threads =
        new ThreadPoolExecutor(
            0,
            MAX_CALLS,
            SPARE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder().setNameFormat("baton-upstream-%d").setDaemon(true).build());
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactoryBuilder()
                .setNameFormat("baton-upstream-timer")
                .setDaemon(true)
                .build());
    this.timer.setRemoveOnCancelPolicy(true);
  }

  private static SSLSocketFactory platformTls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Begins a call whose answer is gathered. Does not block. */
  public UpstreamCall send(UpstreamRequest request) {
    return begin(request, null);
  }

  /** Begins a call whose answer may be taken while it comes. Does not block. */
  public UpstreamCall send(UpstreamRequest request, BodySink sink) {
    return begin(request, sink);
  }

  private Exchange begin(UpstreamRequest request, @Nullable BodySink sink) {
    Exchange exchange =
        new Exchange(
            request,
            Optional.ofNullable(sink),
            new Exchange.Ways(guard, dialer, tls),
            open::remove);
    open.add(exchange);
    try {
      exchange.over(
          timer.schedule(
              exchange::timeOut, request.limits().total().toMillis(), TimeUnit.MILLISECONDS));
      threads.execute(exchange);
    } catch (RejectedExecutionException e) {
      exchange.fail(UpstreamOutcome.Fault.BUSY, "too many calls are under way");
    }
    // A close that came meanwhile may have missed it.
    if (closed) {
      exchange.abort();
    }
    return exchange;
  }

  /** Gives up all calls. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Exchange::abort);
    threads.shutdown();
    timer.shutdownNow();
  }
}

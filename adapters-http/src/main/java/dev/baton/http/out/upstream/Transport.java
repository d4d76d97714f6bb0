package dev.baton.http.out.upstream;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;

/**
 * The pooled connections of one {@link UpstreamClient}: Apache HttpClient, with everything off that
 * would act on its own: redirects, retries, cookies, authentication, compression, proxies, HTTP/2,
 * protocol upgrades. Connections are pooled by scheme, name, port <em>and address</em>, so that a
 * call is never given one that leads elsewhere than to the address that was checked for it.
 * Thread-safe.
 */
final class Transport implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Transport.class.getName());
  private static final int IO_THREADS = 2;
  private static final int BUFFER = 16 * 1024;
  private static final int EMPTY_LINES_MAX = 8;

  /** After which common servers close a connection that nobody uses, unless they say otherwise. */
  private static final long IDLE_SECONDS = 5;

  private static final long IDLE_MAX_MILLIS = 30_000;
  private static final String ON_SEND = "baton.on-send";

  private final PoolingAsyncClientConnectionManager pool;
  private final CloseableHttpAsyncClient client;

  /** Is told that a request is about to be written. */
  interface OnSend {
    /**
     * Called once for an exchange at most, on an I/O thread.
     *
     * @throws IOException when it must not be written
     */
    void sending() throws IOException;
  }

  /**
   * Starts its threads.
   *
   * @param tls asked once, by the first connection that needs it
   * @param connections wraps what connects, for tests
   */
  Transport(Supplier<SSLContext> tls, UnaryOperator<AsyncClientConnectionManager> connections) {
    this.pool = pool(tls);
    this.client = client(connections.apply(pool));
    client.start();
  }

  private static PoolingAsyncClientConnectionManager pool(Supplier<SSLContext> tls) {
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setTlsStrategy(new LazyTls(tls))
        .setDnsResolver(new NoLookups())
        .setMaxConnTotal(UpstreamClient.MAX_CALLS)
        .setMaxConnPerRoute(UpstreamClient.MAX_CALLS)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
        .build();
  }

  /** While a client closes, its threads may find their selectors gone: that is no failure. */
  private static void failed(Exception thrown) {
    if (!(thrown instanceof ClosedSelectorException)) {
      LOG.log(System.Logger.Level.ERROR, "a thread that calls others failed", thrown);
    }
  }

  private static CloseableHttpAsyncClient client(AsyncClientConnectionManager connections) {
    return HttpAsyncClientBuilder.create()
        .setConnectionManager(connections)
        .setThreadFactory(
            new ThreadFactoryBuilder().setNameFormat("baton-out-%d").setDaemon(true).build())
        .setIoReactorExceptionCallback(Transport::failed)
        .setIOReactorConfig(
            IOReactorConfig.custom().setIoThreadCount(IO_THREADS).setTcpNoDelay(true).build())
        .setHttp1Config(replyHead())
        .setDefaultRequestConfig(requests())
        .setRoutePlanner((host, context) -> new HttpRoute(host, null, isSecure(host)))
        .setConnectionReuseStrategy(Transport::isReusable)
        .setKeepAliveStrategy(Transport::idle)
        .addRequestInterceptorLast(
            (request, entity, context) -> ((OnSend) context.getAttribute(ON_SEND)).sending())
        // The library's own decorator can log bodies.
        .setIoSessionDecorator(session -> session)
        // The usual registries read a list of all public domain suffixes, for cookies.
        .setDefaultCookieSpecRegistry(name -> null)
        .setDefaultAuthSchemeRegistry(name -> null)
        .setUserAgent("Baton")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .disableContentCompression()
        .build();
  }

  private static Http1Config replyHead() {
    return Http1Config.custom()
        .setBufferSize(BUFFER)
        .setMaxLineLength(BUFFER)
        .setMaxHeaderCount(ReplyHead.FIELDS_MAX)
        .setMaxEmptyLineCount(EMPTY_LINES_MAX)
        .build();
  }

  private static RequestConfig requests() {
    return RequestConfig.custom()
        .setAuthenticationEnabled(false)
        .setDefaultKeepAlive(IDLE_SECONDS, TimeUnit.SECONDS)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static boolean isSecure(HttpHost host) {
    return host.getSchemeName().equals("https");
  }

  /** Servers that refuse often close, and do not always say so. */
  private static boolean isReusable(
      HttpRequest request, HttpResponse response, HttpContext context) {
    return response.getCode() < 300
        && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
  }

  /** A second less than the server says, so that it is not the server that closes. */
  private static TimeValue idle(HttpResponse response, HttpContext context) {
    TimeValue said =
        DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
    return TimeValue.ofMilliseconds(
        Math.min(IDLE_MAX_MILLIS, Math.max(1, said.toMilliseconds() - 1_000)));
  }

  /**
   * Begins an exchange. Does not block.
   *
   * @param target with the address to connect to
   * @param onSend is told when a connection is there and the request is about to be written
   */
  <T> Future<T> execute(
      HttpHost target,
      AsyncRequestProducer producer,
      AsyncResponseConsumer<T> consumer,
      OnSend onSend,
      FutureCallback<T> callback) {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(ON_SEND, onSend);
    return client.execute(target, producer, consumer, null, context, callback);
  }

  int idleConnections() {
    return pool.getTotalStats().getAvailable();
  }

  /** Closes the connections that were idle for too long. */
  void closeExpired() {
    pool.closeExpired();
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** The library resolves nothing: each target carries the address that was checked. */
  private static final class NoLookups implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }
  }
}

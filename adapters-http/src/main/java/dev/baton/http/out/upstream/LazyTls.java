package dev.baton.http.out.upstream;

import com.google.common.base.Suppliers;
import java.net.SocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/**
 * TLS by the platform, which also checks the host's name; its certificates are read when the first
 * connection needs them, because that takes longer than starting a server without. Thread-safe.
 */
final class LazyTls implements TlsStrategy {
  private final Supplier<TlsStrategy> strategy;

  LazyTls(Supplier<SSLContext> tls) {
    this.strategy = Suppliers.memoize(() -> strategy(tls.get()));
  }

  private static TlsStrategy strategy(SSLContext tls) {
    return ClientTlsStrategyBuilder.create()
        .setSslContext(tls)
        .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
        // Adds nothing to the platform's check; the library's own reads a list of domain suffixes.
        .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
        .buildAsync();
  }

  @Override
  public void upgrade(
      TransportSecurityLayer connection,
      NamedEndpoint endpoint,
      Object attachment,
      Timeout timeout,
      FutureCallback<TransportSecurityLayer> callback) {
    strategy.get().upgrade(connection, endpoint, attachment, timeout, callback);
  }

  @Deprecated
  @Override
  public boolean upgrade(
      TransportSecurityLayer connection,
      HttpHost host,
      SocketAddress local,
      SocketAddress remote,
      Object attachment,
      Timeout timeout) {
    throw new IllegalStateException("the library calls the other method");
  }
}

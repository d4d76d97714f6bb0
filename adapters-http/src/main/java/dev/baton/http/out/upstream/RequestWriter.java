package dev.baton.http.out.upstream;

import dev.baton.http.out.address.OutboundUrls;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** Turns a call into the library's terms. */
final class RequestWriter {

  private RequestWriter() {}

  /** Scheme, name and port of the call, at one address of this name. */
  static HttpHost target(UpstreamRequest request, InetAddress address) {
    URI uri = request.uri();
    return new HttpHost(
        uri.getScheme().toLowerCase(Locale.ROOT), address, name(uri), OutboundUrls.portOf(uri));
  }

  static AsyncRequestProducer producer(UpstreamRequest request) {
    URI uri = URI.create(request.uri().toASCIIString());
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    BasicHttpRequest head = new BasicHttpRequest(request.method(), path + query);
    head.addHeader("Host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
    request.headers().forEach(head::addHeader);
    head.addHeader("Accept-Encoding", "identity");
    return new BasicRequestProducer(
        head,
        request
            .body()
            .map(body -> new BasicAsyncEntityProducer(body.getBytes(StandardCharsets.UTF_8), null))
            .orElse(null));
  }

  /** As TLS and the pool know it: without the brackets around an address. */
  private static String name(URI uri) {
    return uri.getHost().replaceAll("[\\[\\]]", "");
  }
}

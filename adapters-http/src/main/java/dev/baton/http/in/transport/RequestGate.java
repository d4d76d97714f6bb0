package dev.baton.http.in.transport;

import dev.baton.http.in.api.Query;
import dev.baton.http.in.api.TransportRefusal;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first thing a request meets. Lets pass what is strictly HTTP and meant for this server, and
 * nothing else, before anything looks at what is asked. Immutable.
 */
final class RequestGate {
  // As text: Undertow's own type for names takes "get" for "GET".
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final Set<String> hosts;
  private final CrossSite crossSite;

  /**
   * The names the server answers to, in lower case and without port; none means any. Names keep a
   * web page that has rebound its own name to this address from speaking to the server.
   */
  RequestGate(Set<String> hosts, CrossSite crossSite) {
    this.hosts = Set.copyOf(hosts);
    this.crossSite = crossSite;
  }

  /** Why the request does not get further, if so. */
  @Nullable TransportRefusal check(HttpServerExchange exchange, WireConduit wire, int request) {
    TransportRefusal fault = wire.scanner().faultOf(request);
    if (fault != null) {
      return fault;
    }
    String method = exchange.getRequestMethod().toString();
    if (!METHODS.contains(method)) {
      return method.equals("CONNECT")
          ? malformed("MALFORMED_REQUEST", "CONNECT is for proxies")
          : new TransportRefusal(501, "METHOD_NOT_IMPLEMENTED", "no such method");
    }
    if (!exchange.getProtocol().equals(Protocols.HTTP_1_1)
        && !exchange.getProtocol().equals(Protocols.HTTP_1_0)) {
      return malformed("MALFORMED_REQUEST", "no version of HTTP/1");
    }
    TransportRefusal refused = checkTarget(exchange);
    refused = refused != null ? refused : checkHeaders(exchange, wire);
    return refused != null ? refused : crossSite.check(method, exchange.getRequestHeaders());
  }

  /** Whether a page of another site asks, by what its browser says. */
  boolean isFromOtherSite(HeaderMap headers) {
    return !crossSite.isOwn(headers);
  }

  private static @Nullable TransportRefusal checkTarget(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    // Only the whole target still shows a path parameter, which the parser has cut off the path.
    if (exchange.getRequestURI().indexOf(';') >= 0) {
      return malformed("MALFORMED_PATH", "path parameters mean nothing here");
    }
    if (path.indexOf('%') >= 0 && Query.percentDecoded(path).isEmpty()) {
      return malformed("MALFORMED_PATH", "the path is not UTF-8");
    }
    String query = exchange.getQueryString();
    // A shorter one cannot have so many, which spares nearly every request the counting.
    if (query.length() >= Query.PARAMETERS_MAX
        && query.chars().filter(c -> c == '&').count() >= Query.PARAMETERS_MAX) {
      return malformed(
          "TOO_MANY_PARAMETERS", "at most " + Query.PARAMETERS_MAX + " query parameters");
    }
    return null;
  }

  private @Nullable TransportRefusal checkHeaders(HttpServerExchange exchange, WireConduit wire) {
    HeaderMap headers = exchange.getRequestHeaders();
    String host = headers.getFirst(Headers.HOST);
    if (host == null || headers.count(Headers.HOST) > 1) {
      return malformed("MALFORMED_REQUEST", "one Host is required");
    }
    if (!host.equals(wire.lastHost())) {
      if (!hosts.isEmpty() && !hosts.contains(nameOf(host))) {
        return new TransportRefusal(
            421, "HOST_NOT_ALLOWED", "this server does not answer to that name");
      }
      wire.allowHost(host);
    }
    String expect = headers.getFirst(Headers.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return new TransportRefusal(417, "EXPECTATION_FAILED", "only 100-continue can be expected");
    }
    String coding = headers.getFirst(Headers.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      return new TransportRefusal(
          415, "UNSUPPORTED_MEDIA_TYPE", "bodies are taken without a content encoding");
    }
    return null;
  }

  private static String nameOf(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && host.indexOf(']', colon) < 0;
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  private static TransportRefusal malformed(String code, String message) {
    return new TransportRefusal(400, code, message);
  }
}

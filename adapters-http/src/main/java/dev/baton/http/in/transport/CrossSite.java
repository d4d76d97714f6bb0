package dev.baton.http.in.transport;

import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.api.TransportRefusals;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from changing anything here. A browser sends their forms, beacons and
 * simple fetches without asking first, and then only hides the reply; so such a request is refused
 * before its body is read, whatever it asks for. Programs that are no browser send none of these
 * headers and are not concerned. Immutable.
 */
final class CrossSite {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");
  private static final HttpString API_KEY = new HttpString("X-API-Key");

  private final Cors cors;
  private final Set<String> publicHosts;

  /**
   * @param cors which origins are trusted by name
   * @param publicHosts names that a proxy may serve this server under, in lower case, without port
   */
  CrossSite(Cors cors, Set<String> publicHosts) {
    this.cors = cors;
    this.publicHosts = Set.copyOf(publicHosts);
  }

  /** Why the request does not get further, if so. */
  @Nullable TransportRefusal check(String method, HeaderMap headers) {
    if (TransportRefusals.SAFE_METHODS.contains(method) || isOwn(headers) || isTrusted(headers)) {
      return null;
    }
    return new TransportRefusal(
        403,
        "ORIGIN_NOT_ALLOWED",
        "a page of another origin may not ask for this: see cors.allowed_origins");
  }

  /** What a browser says of the request's site goes before its origin; nothing said is no page. */
  boolean isOwn(HeaderMap headers) {
    if (!headers.contains(SEC_FETCH_SITE) && !headers.contains(Headers.ORIGIN)) {
      return true;
    }
    List<String> sites = all(headers, SEC_FETCH_SITE);
    return sites.isEmpty()
        ? all(headers, Headers.ORIGIN).stream().allMatch(origin -> isOwn(origin, headers))
        : OWN_SITES.containsAll(sites);
  }

  private boolean isOwn(String origin, HeaderMap headers) {
    String host = headers.getFirst(Headers.HOST);
    URI uri = parsed(origin);
    if (uri == null || host == null) {
      return false;
    }
    // A proxy may have put another Host in place of the one that the browser sees.
    return host.equalsIgnoreCase(uri.getRawAuthority())
        || (uri.getPort() < 0 && publicHosts.contains(uri.getHost().toLowerCase(Locale.ROOT)));
  }

  private static @Nullable URI parsed(String origin) {
    try {
      URI uri = URI.create(origin);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** That any origin may read replies does not mean that it may act for whoever looks at it. */
  private boolean isTrusted(HeaderMap headers) {
    List<String> origins = all(headers, Headers.ORIGIN);
    return origins.size() == 1
        && (cors.isNamed(origins.get(0)) || (cors.isForAll() && hasCredential(headers)));
  }

  /** One that a page has to know: Basic is what a browser adds of its own accord. */
  private static boolean hasCredential(HeaderMap headers) {
    String authorization = headers.getFirst(Headers.AUTHORIZATION);
    return headers.contains(API_KEY)
        || (authorization != null && !authorization.regionMatches(true, 0, "Basic", 0, 5));
  }

  private static List<String> all(HeaderMap headers, HttpString name) {
    return headers.contains(name) ? List.copyOf(headers.get(name)) : List.of();
  }
}

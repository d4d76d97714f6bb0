package dev.baton.http.out.upstream;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One call.
 *
 * @param method such as {@code POST}
 * @param uri absolute, {@code http} or {@code https}
 * @param headers beside those that the client writes itself: {@code Host}, {@code Content-Length},
 *     {@code Connection}, {@code Accept-Encoding}
 * @param body sent as UTF-8
 * @param operators whether the operator wrote this address, so that it is reachable as it stands:
 *     private, without TLS, at any port. Never for what a user gave
 */
public record UpstreamRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    Optional<String> body,
    UpstreamLimits limits,
    boolean operators) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "connection",
          "accept-encoding",
          "transfer-encoding",
          "expect",
          "upgrade",
          "te",
          "trailer");

  public UpstreamRequest {
    checkArgument(TOKEN.matcher(method).matches(), "no method");
    checkArgument(uri.getHost() != null, "a URL names a host");
    headers = ImmutableMap.copyOf(headers);
    headers.forEach(
        (name, value) -> checkArgument(isHeader(name, value), "the header %s can't be sent", name));
  }

  public static UpstreamRequest post(URI uri, Map<String, String> headers, String body) {
    return new UpstreamRequest(
        "POST", uri, headers, Optional.of(body), UpstreamLimits.DEFAULT, false);
  }

  public static UpstreamRequest get(URI uri, Map<String, String> headers) {
    return new UpstreamRequest(
        "GET", uri, headers, Optional.empty(), UpstreamLimits.DEFAULT, false);
  }

  public UpstreamRequest within(UpstreamLimits bounds) {
    return new UpstreamRequest(method, uri, headers, body, bounds, operators);
  }

  /** The address is the operator's own. */
  public UpstreamRequest asConfigured() {
    return new UpstreamRequest(method, uri, headers, body, limits, true);
  }

  /** Whether a caller may set this header: visible ASCII, and none that the client writes. */
  public static boolean isHeader(String name, String value) {
    return TOKEN.matcher(name).matches()
        && VALUE.matcher(value).matches()
        && !OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Without headers and body, which hold keys and prompts. */
  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getRawAuthority();
  }
}

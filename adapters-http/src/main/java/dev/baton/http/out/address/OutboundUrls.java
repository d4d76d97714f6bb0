package dev.baton.http.out.address;

import com.google.common.net.InetAddresses;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks at a URL that a stranger gave, before anything is kept or called. What a host name leads to
 * is looked at when it is called, each time. Thread-safe.
 */
public final class OutboundUrls {
  /** Characters of a URL. */
  public static final int MAX_LENGTH = 2_048;

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final OutboundRules rules;
  private final AddressPolicy policy;

  public OutboundUrls(OutboundRules rules) {
    this.rules = rules;
    this.policy = new AddressPolicy(rules);
  }

  /**
   * The URL, when it may be called as far as can be seen without asking anybody.
   *
   * @throws BatonException {@link ErrorCode#URL_NOT_ALLOWED}
   */
  public URI check(String url) {
    if (url.length() > MAX_LENGTH) {
      throw refused("a URL has at most " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new BatonException(ErrorCode.URL_NOT_ALLOWED, "this is no URL", e);
    }
    refusal(uri)
        .ifPresent(
            reason -> {
              throw refused(reason);
            });
    return uri;
  }

  /** Why it may not be called; empty when it may. */
  public Optional<String> refusal(URI uri) {
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && rules.allowHttp())) {
      return Optional.of(rules.allowHttp() ? "a URL is http or https" : "a URL is https");
    }
    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    if (authority.contains("@")) {
      return Optional.of("a URL holds no user and no password");
    }
    if (uri.getRawFragment() != null) {
      return Optional.of("a URL that is called has no fragment");
    }
    if (uri.getHost() == null || authority.endsWith(":")) {
      return Optional.of("a URL names a host");
    }
    return hostRefusal(uri.getHost(), portOf(uri));
  }

  private Optional<String> hostRefusal(String host, int port) {
    Optional<InetAddress> literal = literal(host);
    if (literal.isEmpty() && !HostNames.isPlain(host)) {
      return Optional.of("a host is a name, or an address in its usual form");
    }
    boolean named = policy.isNamed(host) || literal.filter(policy::isNamed).isPresent();
    boolean outward =
        literal.isPresent() ? policy.allows(literal.get()) : !HostNames.isInward(host);
    if (!named && !outward) {
      return Optional.of("address not allowed");
    }
    boolean usual = rules.ports().contains(port) || (port == HTTP_PORT && rules.allowHttp());
    return named || usual ? Optional.empty() : Optional.of("port not allowed");
  }

  /** Only the forms that every reader takes for the same address. */
  public static Optional<InetAddress> literal(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String text = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean right = InetAddresses.isInetAddress(text) && text.contains(":") == bracketed;
    return right && !text.contains("%")
        ? Optional.of(InetAddresses.forString(text))
        : Optional.empty();
  }

  /** The port that a call of the URL goes to. */
  public static int portOf(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  private static BatonException refused(String reason) {
    return new BatonException(ErrorCode.URL_NOT_ALLOWED, reason);
  }
}

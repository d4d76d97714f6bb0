package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where calls to addresses that users gave may go, such as webhooks.
 *
 * @param allow addresses, networks and host names that may be reached although they are private
 * @param allowHttp whether URLs without TLS are taken, and port 80
 * @param ports that a URL may name; default: 443
 */
public record OutboundConfig(
    @Nullable List<String> allow,
    @JsonProperty("allow_http") @Nullable Boolean allowHttp,
    @Nullable List<Integer> ports) {
  static final OutboundConfig DEFAULT = new OutboundConfig(null, null, null);
  private static final int HTTPS_PORT = 443;

  public OutboundConfig {
    allow = allow == null ? List.of() : List.copyOf(allow);
    ports = ports == null ? List.of(HTTPS_PORT) : List.copyOf(ports);
    for (int port : ports) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("outbound.ports are from 1 to 65535");
      }
    }
  }

  @Override
  public List<String> allow() {
    return Optional.ofNullable(allow).orElseThrow();
  }

  @Override
  public List<Integer> ports() {
    return Optional.ofNullable(ports).orElseThrow();
  }

  public boolean isHttpAllowed() {
    return Boolean.TRUE.equals(allowHttp);
  }
}

package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.http.out.address.OutboundRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where calls may go that users name, such as webhooks. What stands under {@code providers} is
 * reachable as it stands.
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

  public OutboundConfig {
    allow = allow == null ? List.of() : List.copyOf(allow);
    ports = ports == null ? List.of(443) : List.copyOf(ports);
    for (int port : ports) {
      Rules.check(port >= 1 && port <= 65_535, "outbound.ports are from 1 to 65535");
    }
    rules(allow, allowHttp, ports);
  }

  public OutboundRules rules() {
    return rules(allow, allowHttp, ports);
  }

  private static OutboundRules rules(
      @Nullable List<String> allow, @Nullable Boolean allowHttp, @Nullable List<Integer> ports) {
    try {
      return OutboundRules.of(
          allow == null ? List.of() : allow,
          Boolean.TRUE.equals(allowHttp),
          ports == null ? List.of() : ports);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("outbound.allow: " + e.getMessage(), e);
    }
  }
}

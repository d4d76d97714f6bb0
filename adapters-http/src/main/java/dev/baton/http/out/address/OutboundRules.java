package dev.baton.http.out.address;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where calls may go beyond the public internet over HTTPS. Immutable.
 *
 * @param networks that may be reached although they are private
 * @param hosts names that may be reached wherever they lead
 * @param allowHttp whether {@code http} URLs are taken, and port 80 with them
 * @param ports that may be named in a URL; what {@code networks} and {@code hosts} name may be
 *     reached at any port
 */
public record OutboundRules(
    List<Network> networks, Set<String> hosts, boolean allowHttp, Set<Integer> ports) {
  /** The public internet, HTTPS, port 443. */
  public static final OutboundRules STRICT = of(List.of(), false, List.of(443));

  public OutboundRules {
    networks = List.copyOf(networks);
    hosts = Set.copyOf(hosts);
    ports = Set.copyOf(ports);
  }

  /**
   * Reads what an operator wrote.
   *
   * @param allow addresses ({@code 10.1.2.3}), networks ({@code fd00::/8}) and host names
   * @throws IllegalArgumentException when an entry is none of these; the message names it
   */
  public static OutboundRules of(List<String> allow, boolean allowHttp, List<Integer> ports) {
    List<Network> networks = new ArrayList<>();
    Set<String> hosts = new HashSet<>();
    for (String entry : allow) {
      if (entry.contains("/") || InetAddresses.isInetAddress(entry)) {
        networks.add(network(entry));
      } else if (HostNames.isPlain(entry)) {
        hosts.add(entry.toLowerCase(Locale.ROOT));
      } else {
        throw new IllegalArgumentException("no address, network or host name: " + entry);
      }
    }
    return new OutboundRules(networks, hosts, allowHttp, Set.copyOf(ports));
  }

  private static Network network(String entry) {
    try {
      return Network.parse(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no network: " + entry, e);
    }
  }
}

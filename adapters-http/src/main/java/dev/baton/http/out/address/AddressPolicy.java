package dev.baton.http.out.address;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which addresses may be connected to. Thread-safe. */
public final class AddressPolicy {
  private static final List<Network> REFUSED =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              // Public, but what answers there is the host of a virtual machine at Azure.
              "168.63.129.16/32",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20")
          .map(Network::parse)
          .toList();

  /** All other prefixes of IPv6 are private, local, or lead to several. */
  private static final Network GLOBAL = Network.parse("2000::/3");

  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final int NAT64_AT = 12;
  private static final int SIX_TO_FOUR_AT = 2;

  private final OutboundRules rules;

  public AddressPolicy(OutboundRules rules) {
    this.rules = rules;
  }

  /** Whether the operator named this host, whatever it leads to. */
  boolean isNamed(String host) {
    return rules.hosts().contains(host.toLowerCase(Locale.ROOT));
  }

  /** Whether the operator named a network that it lies in. */
  boolean isNamed(InetAddress address) {
    return rules.networks().stream().anyMatch(network -> network.contains(address));
  }

  /** Whether every one of these, to which {@code host} leads, may be connected to. */
  public boolean allowsAll(String host, List<InetAddress> addresses) {
    return isNamed(host)
        || (!HostNames.isInward(host) && addresses.stream().allMatch(this::allows));
  }

  boolean allows(InetAddress address) {
    if (isNamed(address)) {
      return true;
    }
    if (REFUSED.stream().anyMatch(network -> network.contains(address))) {
      return false;
    }
    return !(address instanceof Inet6Address six) || allowsSix(six);
  }

  /** Addresses that carry one of IPv4 are as good as that one. */
  private boolean allowsSix(Inet6Address address) {
    if (NAT64.contains(address)) {
      return allows(embedded(address, NAT64_AT));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return allows(embedded(address, SIX_TO_FOUR_AT));
    }
    if (!GLOBAL.contains(address)) {
      return false;
    }
    return !InetAddresses.isIsatapAddress(address)
        || allows(InetAddresses.getIsatapIPv4Address(address));
  }

  private static Inet4Address embedded(Inet6Address address, int at) {
    byte[] bytes = Arrays.copyOfRange(address.getAddress(), at, at + 4);
    return InetAddresses.fromInteger(
        (bytes[0] & 0xff) << 24
            | (bytes[1] & 0xff) << 16
            | (bytes[2] & 0xff) << 8
            | (bytes[3] & 0xff));
  }
}

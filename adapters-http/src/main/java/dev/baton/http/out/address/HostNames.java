package dev.baton.http.out.address;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The shapes of hosts in URLs. */
final class HostNames {
  private static final int MAX_LENGTH = 253;
  private static final Pattern LABELS =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*",
          Pattern.CASE_INSENSITIVE);

  /** What resolvers take for a number, in any of the bases that C's do. */
  private static final Pattern NUMBER = Pattern.compile("(0x[0-9a-f]*|[0-9]+)");

  /** Names under which machines in a cloud find their own secrets. */
  private static final Set<String> METADATA =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "instance-data",
          "instance-data.ec2.internal");

  private HostNames() {}

  /** Whether it is a host name that can't be taken for an address. */
  static boolean isPlain(String host) {
    return host.length() <= MAX_LENGTH && LABELS.matcher(host).matches() && !endsInNumber(host);
  }

  /** {@code 127.1}, {@code 0x7f.1}, {@code 2130706433} and the like. */
  private static boolean endsInNumber(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return NUMBER.matcher(last).matches();
  }

  /** Whether the name means the machine itself, or the secrets of the cloud it runs in. */
  static boolean isInward(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost") || METADATA.contains(name);
  }
}

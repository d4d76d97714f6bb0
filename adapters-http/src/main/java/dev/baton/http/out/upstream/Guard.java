package dev.baton.http.out.upstream;

import dev.baton.http.out.address.AddressPolicy;
import dev.baton.http.out.address.OutboundRules;
import dev.baton.http.out.address.OutboundUrls;
import dev.baton.http.out.address.Resolver;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Looks where a call leads, once, and lets it go there or not. Thread-safe. */
final class Guard {
  private final OutboundUrls urls;
  private final AddressPolicy policy;
  private final Resolver resolver;

  Guard(OutboundRules rules, Resolver resolver) {
    this.urls = new OutboundUrls(rules);
    this.policy = new AddressPolicy(rules);
    this.resolver = resolver;
  }

  /** The addresses that the call may connect to: all that its host leads to, or none. */
  List<InetAddress> addresses(UpstreamRequest request) throws IOException {
    if (!request.operators()) {
      Optional<String> refusal = urls.refusal(request.uri());
      if (refusal.isPresent()) {
        throw new UpstreamException(Fault.BLOCKED, refusal.get());
      }
    }
    String host = request.uri().getHost();
    Optional<InetAddress> literal = OutboundUrls.literal(host);
    List<InetAddress> addresses =
        literal.isPresent() ? List.of(literal.get()) : resolver.resolve(host);
    if (addresses.isEmpty()) {
      throw new UpstreamException(Fault.UNREACHABLE, "no such host");
    }
    if (!request.operators() && !policy.allowsAll(host, addresses)) {
      throw new UpstreamException(
          Fault.BLOCKED, "the host resolves to an address that is not allowed");
    }
    return addresses;
  }
}

package dev.baton.http.in.transport;

import dev.baton.http.in.api.Reply;
import java.util.Map;
import java.util.Set;

/**
 * Which web pages may read replies. An origin is answered by name, never by {@code *} with
 * credentials; without origins the server says nothing about it. Immutable.
 *
 * @param origins as a browser sends them, {@code https://example.org}; {@code *} for all
 */
public record Cors(Set<String> origins) {
  public static final Cors NONE = new Cors(Set.of());

  private static final Map<String, String> ANY = Map.of("Access-Control-Allow-Origin", "*");
  // Without this a page may read the body, but not which lease it was given.
  private static final Map<String, String> EXPOSED =
      Map.of(
          "Access-Control-Expose-Headers",
          "Allow, Content-Disposition, ETag, Idempotent-Replayed, Location, Retry-After, X-Attempt,"
              + " X-Baton-Code, X-Error-Code, X-Ignored-Members, X-Ignored-Parameters, X-Lease-Expires-At,"
              + " X-Lease-Id, X-Request-ID");
  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "Access-Control-Allow-Methods",
          "GET, POST, PUT, PATCH, DELETE",
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer,"
              + " X-API-Key, X-Request-ID",
          "Access-Control-Max-Age",
          "600");

  public Cors {
    origins = Set.copyOf(origins);
  }

  boolean isOff() {
    return origins.isEmpty();
  }

  boolean isForAll() {
    return origins.contains("*");
  }

  /** Whether this very origin is listed; an opaque one, {@code null}, is anybody's. */
  boolean isNamed(String origin) {
    return !origin.equals("null") && !origin.equals("*") && origins.contains(origin);
  }

  /** The reply, with what the browser at this origin needs to hear. */
  Reply applied(Reply reply, String origin, boolean preflight) {
    if (!isForAll() && !origins.contains(origin)) {
      return reply.withHeader("Vary", "Origin");
    }
    Reply allowed =
        isForAll()
            ? reply.withHeaders(ANY)
            : reply.withHeaders(Map.of("Access-Control-Allow-Origin", origin, "Vary", "Origin"));
    return preflight ? allowed.withHeaders(PREFLIGHT) : allowed.withHeaders(EXPOSED);
  }
}

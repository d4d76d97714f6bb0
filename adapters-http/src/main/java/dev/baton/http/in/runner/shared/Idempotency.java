package dev.baton.http.in.runner.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The key under which a client may repeat a POST: the header {@code Idempotency-Key}, bare or
 * quoted as in the IETF's draft, or the body's {@code idempotencyKey}.
 */
public final class Idempotency {
  public static final String HEADER = "Idempotency-Key";
  public static final String MEMBER = "idempotencyKey";
  public static final String REPLAYED_HEADER = "Idempotent-Replayed";

  private static final ObjectWriter SORTED =
      Json.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Idempotency() {}

  /** The header's key. */
  public static Optional<String> header(Request request) {
    return request.header(HEADER).map(Idempotency::unquoted).map(Idempotency::checked);
  }

  /**
   * The key of a request.
   *
   * @param member the body's {@link #MEMBER}
   * @param repeat as its route declares it
   */
  public static Optional<IdempotencyKey> of(
      Request request, Optional<String> member, Repeat repeat) {
    Optional<String> header = header(request);
    if (member.isPresent() && !DedupeKey.isValid(member.get())) {
      throw wrong("String should be 1 to 255 characters, none a control character");
    }
    if (header.isPresent() && member.isPresent() && !header.equals(member)) {
      throw wrong("is not the key of the header " + HEADER);
    }
    return header
        .or(() -> member)
        .map(key -> new IdempotencyKey("runner " + repeat.scope(), key, fingerprint(request)));
  }

  private static FieldErrors wrong(String message) {
    return FieldErrors.invalid(message, "value_error", "body", MEMBER);
  }

  public static Reply replayed(Reply reply) {
    return reply.withHeader(REPLAYED_HEADER, "true");
  }

  /** The same for bodies that say the same: neither blanks nor the order of members count. */
  public static String fingerprint(Request request) {
    return Hashing.sha256()
        .hashString(request.method() + ' ' + request.path() + '\n' + canonical(request), UTF_8)
        .toString();
  }

  private static String canonical(Request request) {
    if (request.body().length == 0) {
      return "";
    }
    try {
      Map<?, ?> body = Json.mapper().readValue(request.body(), Map.class);
      Map<Object, Object> named = new TreeMap<>(body);
      named.remove(MEMBER);
      return SORTED.writeValueAsString(named);
    } catch (IOException e) {
      // Not an object of JSON, so it is refused later on, or an upload: then its bytes count.
      return Hashing.sha256().hashBytes(request.body()).toString();
    }
  }

  private static String unquoted(String value) {
    String key = value.strip();
    boolean quoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
    return quoted ? key.substring(1, key.length() - 1) : key;
  }

  private static String checked(String key) {
    boolean visible = key.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (!visible || !DedupeKey.isValid(key)) {
      throw FieldErrors.invalid(
          "Value should be 1 to 255 visible characters", "value_error", "header", HEADER);
    }
    return key;
  }
}

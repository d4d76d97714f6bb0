package dev.baton.core.domain.id;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Names a request: the same key with the same fingerprint returns the first request's task for the
 * retention window; with another fingerprint it is refused.
 *
 * @param scope who asks through which operation; keys of two scopes never meet
 * @param value 1 to 255 characters, none a control character
 * @param fingerprint a hash of the request, made by the dialect that read it
 */
public record IdempotencyKey(String scope, String value, String fingerprint) {

  public IdempotencyKey {
    requireNonNull(scope, "scope");
    requireNonNull(fingerprint, "fingerprint");
    checkArgument(
        DedupeKey.isValid(value),
        "an idempotency key is 1 to 255 characters, none a control character");
  }
}

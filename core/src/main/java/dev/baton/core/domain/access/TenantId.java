package dev.baton.core.domain.access;

import static com.google.common.base.Preconditions.checkArgument;

/** Names a tenant: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}. */
public record TenantId(String value) {
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    checkArgument(isValid(value), "a tenant is 1 to 64 of A-Z a-z 0-9 . _ -");
  }

  private static boolean isValid(String value) {
    return !value.isEmpty()
        && value.length() <= 64
        && value
            .chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
  }

  @Override
  public String toString() {
    return value;
  }
}

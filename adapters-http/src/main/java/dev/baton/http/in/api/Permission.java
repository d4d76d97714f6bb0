package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Pattern;

/**
 * What a caller must be allowed to do in order to use a route: a resource and an action, such as
 * {@code tasks:read}. Declared by every route; not enforced yet.
 *
 * @param name empty for {@link #OPEN}
 */
public record Permission(String name) {
  /** For a route that answers everybody, without a credential. */
  public static final Permission OPEN = new Permission("");

  private static final Pattern FORM = Pattern.compile("[a-z]+:[a-z]+");

  public Permission {
    checkArgument(
        name.isEmpty() || FORM.matcher(name).matches(), "no resource and action: %s", name);
  }

  public static Permission of(String resource, String action) {
    return new Permission(resource + ":" + action);
  }

  public boolean isOpen() {
    return name.isEmpty();
  }
}

package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A schema that an OpenAPI document has once, under {@code components/schemas}, and that others
 * refer to: in a schema, a component is the value of {@code $ref}. Equal to another of the same
 * name and origin.
 *
 * @param name unique in the document; the name of a class in generated clients
 * @param origin what it is made of, such as a record: two components of one name and different
 *     origins are a bug
 * @param schema made when a document is asked for
 */
public record Component(String name, Object origin, Supplier<Map<String, Object>> schema) {
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");

  public Component {
    requireNonNull(origin, "origin");
    requireNonNull(schema, "schema");
    checkArgument(NAME.matcher(name).matches(), "no name of a class: %s", name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Component same && same.name.equals(name) && same.origin.equals(origin);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** As it stands in a schema. */
  public Map<String, Object> ref() {
    return Map.of("$ref", this);
  }
}

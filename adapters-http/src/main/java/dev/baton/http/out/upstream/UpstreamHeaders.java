package dev.baton.http.out.upstream;

import com.google.common.collect.ImmutableListMultimap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header fields of an answer, found in any case. Immutable. */
public final class UpstreamHeaders {
  private final ImmutableListMultimap<String, String> fields;

  UpstreamHeaders(ImmutableListMultimap<String, String> fields) {
    this.fields = fields;
  }

  /** The first field of this name, without the blanks around it. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  public List<String> all(String name) {
    return fields.get(name.toLowerCase(Locale.ROOT));
  }
}

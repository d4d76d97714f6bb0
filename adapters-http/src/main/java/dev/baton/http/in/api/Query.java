package dev.baton.http.in.api;

import com.google.common.base.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query string, decoded strictly and only when asked for. Confined to one thread at a time. */
public final class Query {
  public static final int PARAMETERS_MAX = 64;

  private final String raw;
  private @Nullable List<Parameter> parameters;

  private record Parameter(String name, String value) {}

  Query(String raw) {
    this.raw = raw;
  }

  /** The single value of this name; a name that is given twice is refused. */
  Optional<String> single(String name) {
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    String found = null;
    for (Parameter parameter : parameters()) {
      if (parameter.name().equals(name)) {
        if (found != null) {
          throw new TransportRefusal(
              400, "DUPLICATE_PARAMETER", "the query parameter " + name + " is given twice");
        }
        found = parameter.value();
      }
    }
    return Optional.ofNullable(found);
  }

  /** The names that are given and are none of these, each once, in order. */
  List<String> others(Set<String> names) {
    List<String> others = List.of();
    // Asked with every request, and mostly in vain: nothing is made for that.
    if (!raw.isEmpty()) {
      for (Parameter parameter : parameters()) {
        String name = parameter.name();
        if (!names.contains(name) && !others.contains(name)) {
          others = others.isEmpty() ? new ArrayList<>() : others;
          others.add(name);
        }
      }
    }
    return others;
  }

  private List<Parameter> parameters() {
    List<Parameter> known = parameters;
    if (known == null) {
      known = parse();
      parameters = known;
    }
    return known;
  }

  private List<Parameter> parse() {
    List<Parameter> parsed = new ArrayList<>(4);
    int start = 0;
    while (start <= raw.length() && !raw.isEmpty()) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        add(parsed, raw.substring(start, end));
      }
      start = end + 1;
    }
    return parsed;
  }

  private static void add(List<Parameter> parsed, String pair) {
    if (parsed.size() == PARAMETERS_MAX) {
      throw new TransportRefusal(
          400, "TOO_MANY_PARAMETERS", "at most " + PARAMETERS_MAX + " query parameters");
    }
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    parsed.add(new Parameter(decode(name), decode(value)));
  }

  private static String decode(String text) {
    return percentDecoded(text.replace('+', ' '))
        .orElseThrow(
            () -> new TransportRefusal(400, "MALFORMED_QUERY", "the query string is not UTF-8"));
  }

  /** Empty for what is not strict UTF-8, has a broken escape or a NUL. */
  public static Optional<String> percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0 || high + low == 0) {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        return Optional.empty();
      }
    }
    byte[] decoded = bytes.toByteArray();
    return Utf8.isWellFormed(decoded)
        ? Optional.of(new String(decoded, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}

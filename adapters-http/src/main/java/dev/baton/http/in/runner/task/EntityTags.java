package dev.baton.http.in.runner.task;

import com.google.common.base.Splitter;
import dev.baton.http.in.api.Request;
import java.util.Optional;

/** Names of versions, as conditional requests bring them. */
final class EntityTags {
  private static final String ANY = "*";
  private static final Splitter COMMAS = Splitter.on(',').trimResults();

  private EntityTags() {}

  /** What {@code If-Match} names; nothing for {@code *}, which anything that exists matches. */
  static Optional<String> required(Request request) {
    return request
        .header("If-Match")
        .map(String::strip)
        .filter(tag -> !tag.equals(ANY))
        .map(EntityTags::version);
  }

  /** Whether {@code If-None-Match} names this version, so that it need not be sent again. */
  static boolean isKnown(Request request, String version) {
    return request
        .header("If-None-Match")
        .map(
            tags ->
                COMMAS
                    .splitToStream(tags)
                    .anyMatch(tag -> tag.equals(ANY) || version(tag).equals(version)))
        .orElse(false);
  }

  private static String version(String tag) {
    String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
    return strong.replace("\"", "");
  }
}

package dev.baton.core.domain.input;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file made for a provider's batch API, as a row: OpenAI's {@code custom_id} and {@code
 * body} (<a href="https://platform.openai.com/docs/guides/batch">Batch API</a>) and Anthropic's
 * {@code custom_id} and {@code params} (<a
 * href="https://docs.claude.com/en/docs/build-with-claude/batch-processing">Message Batches</a>).
 */
final class BatchLine {
  /** Keeps what the line calls itself, also where a task can't be called so. */
  static final String CUSTOM_ID = "custom_id";

  private static final String BODY = "body";
  private static final String PARAMS = "params";
  private static final String URL = "url";
  private static final String SYSTEM = "system";
  private static final int URL_SHOWN_MAX = 80;

  /** Members of a request that are ones of a task; all others are options. */
  private static final Map<String, Member> MEMBERS =
      Map.of(
          "model", Member.MODEL,
          "messages", Member.MESSAGES,
          "prompt", Member.PROMPT,
          "temperature", Member.TEMPERATURE,
          "max_tokens", Member.MAX_TOKENS,
          "max_completion_tokens", Member.MAX_TOKENS);

  private static final Set<String> URLS = Set.of("/v1/chat/completions", "/v1/completions");

  private BatchLine() {}

  /** Whether an object is such a line. */
  static boolean is(Map<String, ?> row) {
    return row.containsKey(CUSTOM_ID)
        && (row.get(BODY) instanceof Map<?, ?> || row.get(PARAMS) instanceof Map<?, ?>);
  }

  /** Why such a line can't be a task: it asks for something other than chat. */
  static Optional<String> problem(Map<String, ?> line) {
    return line.get(URL) instanceof String url && !URLS.contains(url)
        ? Optional.of(
            "the line's url is %s, and only lines for %s are taken"
                .formatted(
                    Ascii.truncate(url, URL_SHOWN_MAX, "..."),
                    String.join(" and ", URLS.stream().sorted().toList())))
        : Optional.empty();
  }

  /**
   * Such a line as the row that asks the same; its {@code custom_id} is the id, and stands in the
   * metadata where a task may not have such an id.
   */
  static Map<String, Object> row(Map<String, ?> line) {
    Map<String, Object> row = new LinkedHashMap<>();
    Object id = line.get(CUSTOM_ID);
    boolean fits = id instanceof String text && NameRules.isId(text);
    row.put(fits ? Member.ID.spelling() : CUSTOM_ID, id);
    Map<String, Object> options = new LinkedHashMap<>();
    request(line).forEach((name, value) -> put(row, options, String.valueOf(name), value));
    if (!options.isEmpty()) {
      row.put(Member.OPTIONS.spelling(), options);
    }
    return row;
  }

  private static Map<?, ?> request(Map<String, ?> line) {
    if (line.get(BODY) instanceof Map<?, ?> body) {
      return body;
    }
    Map<Object, Object> params = new LinkedHashMap<>((Map<?, ?>) line.get(PARAMS));
    Object system = params.remove(SYSTEM);
    if (system != null && params.get("messages") instanceof List<?> turns) {
      List<Object> all = new ArrayList<>(turns.size() + 1);
      all.add(Map.of("role", SYSTEM, "content", system));
      all.addAll(turns);
      params.put("messages", all);
    }
    return params;
  }

  private static void put(
      Map<String, Object> row, Map<String, Object> options, String name, @Nullable Object value) {
    Member member = MEMBERS.get(name);
    if (value == null || name.equals("stream")) {
      // Nobody streams into a batch, and the answer is the same.
      return;
    }
    if (member == null) {
      options.put(name, value);
    } else {
      row.put(member.spelling(), value);
    }
  }
}

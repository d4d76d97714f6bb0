package dev.baton.core.domain.input;

import com.google.common.base.CaseFormat;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.RetryPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a task's input, with what holds for the value of each wherever it is said. */
public enum Member {
  ID("id", Kind.TEXT, 0, 256),
  PROMPT("prompt", Kind.TEXT, 0, Member.PROMPT_BYTES_MAX),
  MESSAGES("messages", Kind.ARRAY, 0, 1 << 20),
  MODEL("model", Kind.TEXT, 0, 256),
  TEMPERATURE("temperature", Kind.NUMBER, 0, (int) Parameters.TEMPERATURE_MAX),
  MAX_TOKENS("maxTokens", Kind.INTEGER, 1, Integer.MAX_VALUE),
  OPTIONS("options", Kind.OBJECT, 0, 64 << 10),
  STREAM("stream", Kind.BOOLEAN, 0, 1),
  METADATA("metadata", Kind.OBJECT, 0, Member.METADATA_BYTES_MAX),
  PRIORITY("priority", Kind.WORD, 0, 0),
  MAX_ATTEMPTS("maxAttempts", Kind.INTEGER, 1, RetryPolicy.UNLIMITED),
  MAX_RETRIES("maxRetries", Kind.INTEGER, 0, BatchConfig.RETRIES_MAX),
  QUEUE("queue", Kind.TEXT, 0, QueueName.MAX_LENGTH),
  START_AT("startAt", Kind.TEXT, 0, 64),
  DEADLINE("deadline", Kind.TEXT, 0, 64),
  IDEMPOTENCY_KEY("idempotencyKey", Kind.TEXT, 0, DedupeKey.MAX_LENGTH);

  public static final int PROMPT_BYTES_MAX = 1 << 20;
  public static final int METADATA_BYTES_MAX = 64 << 10;

  /** The words for a priority. */
  public static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");

  private static final Map<String, Member> BY_NAME = byName();

  private final String spelling;
  private final Kind kind;
  private final int min;
  private final int max;

  /** What kind of value a member has. */
  public enum Kind {
    TEXT,
    /** One of {@link #PRIORITIES}. */
    WORD,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** A JSON object, kept as text. */
    OBJECT,
    /** A JSON array, kept as text. */
    ARRAY
  }

  Member(String spelling, Kind kind, int min, int max) {
    this.spelling = spelling;
    this.kind = kind;
    this.min = min;
    this.max = max;
  }

  private static Map<String, Member> byName() {
    Map<String, Member> names = new HashMap<>();
    for (Member member : values()) {
      names.put(member.spelling, member);
      names.put(CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, member.spelling), member);
    }
    return Map.copyOf(names);
  }

  /** The member of this name, written as {@code maxTokens} or {@code max_tokens}. */
  public static Optional<Member> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** As {@code maxTokens}. */
  public String spelling() {
    return spelling;
  }

  public Kind kind() {
    return kind;
  }

  /** The least number that is allowed. */
  public int min() {
    return min;
  }

  /**
   * The largest number that is allowed; of {@link #PROMPT}, objects and arrays how many bytes of
   * UTF-8; of other texts how many UTF-16 units.
   */
  public int max() {
    return max;
  }
}

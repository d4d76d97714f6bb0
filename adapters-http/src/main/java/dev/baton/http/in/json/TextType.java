package dev.baton.http.in.json;

import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Schemas;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type that is a text on the wire.
 *
 * @param max UTF-16 units of a text that is looked at
 * @param schema without a description
 */
record TextType<T>(
    Class<T> type,
    int max,
    Reader<T> reader,
    Function<T, String> writer,
    Map<String, Object> schema) {
  private static final int LEASE_LENGTH_MAX = 256;
  private static final int ZONE_LENGTH_MAX = 64;
  private static final int TOPIC_LENGTH_MAX = 100;
  private static final List<String> TOPICS =
      Stream.of(WebhookTopic.values()).map(WebhookTopic::word).toList();

  static final List<TextType<?>> ALL =
      List.of(
          new TextType<>(
              Instant.class,
              Instants.LENGTH_MAX,
              Instants::parse,
              Instants::text,
              with(string(), "format", "date-time")),
          name(
              QueueName.class,
              QueueName.MAX_LENGTH,
              QueueName::isValid,
              QueueName::new,
              QueueName::value),
          name(BatchId.class, BatchId.MAX_LENGTH, BatchId::isValid, BatchId::new, BatchId::value),
          name(
              WorkerId.class,
              WorkerId.MAX_LENGTH,
              WorkerId::isValid,
              WorkerId::new,
              WorkerId::value),
          new TextType<>(
              LeaseId.class, LEASE_LENGTH_MAX, TextType::lease, LeaseId::toString, string()),
          new TextType<>(ZoneId.class, ZONE_LENGTH_MAX, TextType::zone, TextType::zone, string()),
          new TextType<>(
              WebhookTopic.class,
              TOPIC_LENGTH_MAX,
              TextType::topic,
              WebhookTopic::word,
              with(string(), "enum", TOPICS)));

  private static final Map<Class<?>, TextType<?>> BY_TYPE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(TextType::type, Function.identity()));

  /** Makes the value of a text, which stands at {@code loc}, or refuses it. */
  interface Reader<T> {
    T read(String text, List<Object> loc);
  }

  static Optional<TextType<?>> of(Class<?> type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** A name, which has few characters and no blank. */
  private static <T> TextType<T> name(
      Class<T> type,
      int max,
      Predicate<String> valid,
      Function<String, T> made,
      Function<T, String> writer) {
    String wanted = "String should be 1 to " + max + " characters of A-Z a-z 0-9 . _ : -";
    Reader<T> reader =
        (text, loc) -> {
          if (!valid.test(text)) {
            throw FieldErrors.invalid(new FieldError(loc, wanted, "string_pattern_mismatch"));
          }
          return made.apply(text);
        };
    return new TextType<>(type, max, reader, writer, Schemas.name("", max));
  }

  private static LeaseId lease(String text, List<Object> loc) {
    return LeaseId.parse(text)
        .orElseThrow(
            () ->
                FieldErrors.invalid(
                    new FieldError(
                        loc, "Value should be a lease id as getPrompt gave it", "value_error")));
  }

  private static ZoneId zone(String text, List<Object> loc) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw FieldErrors.invalid(
          new FieldError(loc, "Input should be a time zone such as Europe/Berlin", "value_error"));
    }
  }

  private static String zone(ZoneId zone) {
    return zone.getId().equals("Z") ? "UTC" : zone.getId();
  }

  private static WebhookTopic topic(String text, List<Object> loc) {
    return WebhookTopic.of(text)
        .orElseThrow(
            () ->
                FieldErrors.invalid(
                    new FieldError(
                        loc, "Input should be one of: " + String.join(", ", TOPICS), "enum")));
  }
}

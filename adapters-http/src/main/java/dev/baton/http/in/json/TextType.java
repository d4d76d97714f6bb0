package dev.baton.http.in.json;

import static dev.baton.http.in.api.Schemas.string;
import static dev.baton.http.in.api.Schemas.with;

import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
          new TextType<>(
              QueueName.class,
              QueueName.MAX_LENGTH,
              TextType::queue,
              QueueName::value,
              with(with(string(), "minLength", 1), "maxLength", QueueName.MAX_LENGTH)),
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

  private static QueueName queue(String text, List<Object> loc) {
    if (!QueueName.isValid(text)) {
      throw FieldErrors.invalid(
          new FieldError(
              loc,
              "String should be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
              "string_pattern_mismatch"));
    }
    return new QueueName(text);
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

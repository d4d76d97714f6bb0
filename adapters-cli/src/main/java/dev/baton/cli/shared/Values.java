package dev.baton.cli.shared;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.domain.task.TaskState;
import dev.baton.core.domain.webhook.WebhookTopic;
import dev.baton.core.port.BatchFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
public final class Values {
  /** How a duration is written, as a part of a sentence. */
  public static final String DURATION_FORMS = "500ms, 90s, 10m, 24h, 30d or ISO-8601 such as PT90S";

  /** How an instant is written, as a part of a sentence. */
  public static final String INSTANT_FORMS =
      "2026-01-31T18:00:00Z, or with an offset such as +01:00";

  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** A hundred years: what is longer can't be added to an instant everywhere. */
  private static final Duration DURATION_MAX = Duration.ofDays(36_500);

  private Values() {}

  /** Teaches {@code line} the types of the core. */
  public static void register(CommandLine line) {
    register(line, Duration.class, text -> bounded(text, duration(text)));
    register(line, Instant.class, Values::instant);
    register(line, Path.class, LocaleText::path);
    register(line, URI.class, Values::url);
    register(line, TenantId.class, TenantId::new);
    register(line, QueueName.class, QueueName::new);
    register(line, WorkerId.class, WorkerId::new);
    register(line, TaskId.class, TaskId::new);
    register(line, BatchId.class, BatchId::new);
    register(line, ScheduleId.class, ScheduleId::new);
    register(line, Plan.Missed.class, text -> oneOf(Plan.Missed.class, text));
    register(line, Plan.Overlap.class, text -> oneOf(Plan.Overlap.class, text));
    register(line, DedupeKey.class, DedupeKey::of);
    register(line, LeaseId.class, Values::leaseId);
    register(line, Metadata.class, Jsons::metadata);
    register(line, BatchFiles.Format.class, text -> oneOf(BatchFiles.Format.class, text));
    register(line, ResultFormat.class, text -> oneOf(ResultFormat.class, text));
    register(line, WebhookTopic.class, Values::topic);
    register(line, Priority.class, text -> oneOf(Priority.class, text));
    register(line, TaskState.Kind.class, text -> oneOf(TaskState.Kind.class, text));
  }

  private static <T> void register(CommandLine line, Class<T> type, ITypeConverter<T> converter) {
    line.registerConverter(
        type,
        text -> {
          try {
            return converter.convert(text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
          }
        });
  }

  private static Duration bounded(String text, Duration duration) {
    if (duration.compareTo(DURATION_MAX) > 0) {
      throw new IllegalArgumentException(
          "'%s' is too long: a duration is at most %dd".formatted(text, DURATION_MAX.toDays()));
    }
    return duration;
  }

  /** {@code 500ms}, {@code 90s}, {@code 10m}, {@code 24h}, {@code 30d}, or ISO-8601. */
  public static Duration duration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(notADuration(text), e);
    }
    throw new IllegalArgumentException(notADuration(text));
  }

  private static String notADuration(String text) {
    return "'%s' is no duration: write %s".formatted(text, DURATION_FORMS);
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no instant: write %s".formatted(text, INSTANT_FORMS), e);
    }
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no URL: write it as http://HOST:PORT".formatted(text), e);
    }
  }

  private static LeaseId leaseId(String text) {
    return LeaseId.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no lease: it is the task's id, a tilde and a number".formatted(text)));
  }

  private static WebhookTopic topic(String text) {
    return WebhookTopic.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(
                            text,
                            Stream.of(WebhookTopic.values())
                                .map(WebhookTopic::word)
                                .collect(Collectors.joining(", ")))));
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s".formatted(text, names(type).toLowerCase(Locale.ROOT)));
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    StringBuilder names = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      names.append(names.isEmpty() ? "" : ", ").append(constant.name());
    }
    return names.toString();
  }

  /** A constant's name as people and JSON see it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

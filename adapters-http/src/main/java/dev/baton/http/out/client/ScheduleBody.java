package dev.baton.http.out.client;

import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Plan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is sent of schedules, in seed 2's words. */
final class ScheduleBody {
  private static final String CONFIG = "config";
  private static final String OUTPUT = "outputFile";

  private ScheduleBody() {}

  static Map<String, @Nullable Object> of(Plan plan) {
    Map<String, @Nullable Object> body = plain(plan);
    body.put(CONFIG, config(plan.config()));
    return body;
  }

  /** What is to be said so that {@code before} becomes {@code after}, and no more. */
  static Map<String, @Nullable Object> change(Plan before, Plan after) {
    Map<String, @Nullable Object> body = difference(plain(before), plain(after));
    if (before.files().output().isPresent() && after.files().output().isEmpty()) {
      body.put(OUTPUT, null);
    }
    Map<String, @Nullable Object> config =
        difference(config(before.config()), config(after.config()));
    if (!config.isEmpty()) {
      body.put(CONFIG, config);
    }
    return body;
  }

  private static Map<String, @Nullable Object> difference(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    after.forEach(
        (name, value) -> {
          if (!Objects.equals(before.get(name), value)) {
            changed.put(name, value);
          }
        });
    return changed;
  }

  private static Map<String, @Nullable Object> plain(Plan plan) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", plan.name());
    body.put("schedule", plan.cron().toString());
    body.put("timezone", plan.zone().getId());
    body.put("inputFile", plan.files().input());
    plan.files().output().ifPresent(path -> body.put(OUTPUT, path));
    body.put("overwrite", plan.files().overwrite());
    body.put("isDryRun", plan.dryRun());
    body.put("isActive", plan.active());
    body.put("missedRuns", word(plan.rules().missed()));
    body.put("overlap", word(plan.rules().overlap()));
    return body;
  }

  private static Map<String, @Nullable Object> config(BatchConfig config) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    config.model().ifPresent(model -> body.put("model", model.value()));
    config.temperature().ifPresent(t -> body.put("temperature", t));
    config.maxTokens().ifPresent(n -> body.put("maxTokens", n));
    config.maxRetries().ifPresent(n -> body.put("maxRetries", n));
    body.put("maxConcurrency", config.maxConcurrency());
    body.put("priority", word(config.priority()));
    body.put("queue", config.queue().value());
    return body;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

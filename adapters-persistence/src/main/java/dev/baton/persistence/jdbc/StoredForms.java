package dev.baton.persistence.jdbc;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.schedule.ScheduleId;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/** How values of the domain are stored: what {@code bind} of a JDBI statement makes of them. */
final class StoredForms {
  private static final Map<Class<?>, Function<Object, Object>> FORMS =
      Map.of(
          Instant.class, value -> ((Instant) value).toEpochMilli(),
          Boolean.class, value -> (Boolean) value ? 1 : 0,
          TenantId.class, value -> ((TenantId) value).value(),
          TaskId.class, value -> ((TaskId) value).value(),
          BatchId.class, value -> ((BatchId) value).value(),
          GateId.class, value -> ((GateId) value).value(),
          QueueName.class, value -> ((QueueName) value).value(),
          ModelName.class, value -> ((ModelName) value).value(),
          ScheduleId.class, value -> ((ScheduleId) value).value());

  private StoredForms() {}

  static Jdbi register(Jdbi jdbi) {
    // Statements are whole: "a < b AND c > d" names no attribute of a template.
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi.registerArgument(StoredForms::argument);
  }

  private static Optional<Argument> argument(Type type, Object value, ConfigRegistry config) {
    Function<Object, Object> form = value == null ? null : FORMS.get(value.getClass());
    if (form == null) {
      return Optional.empty();
    }
    Object stored = form.apply(value);
    return Optional.of((position, statement, context) -> statement.setObject(position, stored));
  }
}

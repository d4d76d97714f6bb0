package dev.baton.http.out.client;

import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the wire calls components of the core's records, where it has another name for them. */
final class WireNames extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final Map<Class<?>, Map<String, String>> NAMES =
      Map.of(
          TaskClient.Receipt.class,
          Map.of("id", "taskId"),
          TaskClient.Summary.class,
          Map.of("id", "taskId", "state", "status"),
          TaskClient.Tally.class,
          Map.of(
              "submitted", "prompts_enqueued",
              "leased", "prompts_fetched",
              "answered", "responses_posted",
              "expired", "leases_expired"),
          Settled.class,
          Map.of("kind", "status"),
          Usage.class,
          Map.of(
              "promptTokens", "prompt_tokens",
              "completionTokens", "completion_tokens",
              "totalTokens", "total_tokens"),
          TaskView.Wait.class,
          Map.of("estimate", "estimateSeconds"),
          ScheduleClient.Line.class,
          Map.of("cron", "schedule", "active", "isActive"),
          ScheduleClient.Report.class,
          Map.of(
              "valid", "isValid",
              "invalid", "invalidRows",
              "promptTokens", "estimatedPromptTokens",
              "completionTokens", "maxCompletionTokens",
              "unbounded", "unboundedRows",
              "cost", "estimatedCost"));

  @Override
  public @Nullable PropertyName findNameForDeserialization(Annotated annotated) {
    PropertyName name = named(annotated);
    return name == null ? super.findNameForDeserialization(annotated) : name;
  }

  @Override
  public @Nullable PropertyName findNameForSerialization(Annotated annotated) {
    PropertyName name = named(annotated);
    return name == null ? super.findNameForSerialization(annotated) : name;
  }

  private static @Nullable PropertyName named(Annotated annotated) {
    if (!(annotated instanceof AnnotatedMember member)) {
      return null;
    }
    Class<?> owner = member.getDeclaringClass();
    Map<String, String> names = NAMES.get(owner);
    if (names == null) {
      return null;
    }
    String component =
        member instanceof AnnotatedParameter parameter
            ? owner.getRecordComponents()[parameter.getIndex()].getName()
            : member.getName();
    String name = names.get(component);
    return name == null ? null : PropertyName.construct(name);
  }
}

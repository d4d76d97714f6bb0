package dev.baton.core.testing;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.webhook.Delivery;
import dev.baton.core.domain.webhook.Webhook;
import dev.baton.core.port.KeyRows;
import dev.baton.core.port.RequestRows;
import dev.baton.core.port.Store.Line;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Everything an {@link InMemoryStore} holds; by task number where nothing else is said. */
final class MemoryTables {
  /** Numbers that a transaction which is taken back may leave out. */
  private static final Set<String> GIVEN_OUT =
      Set.of("lastSeq", "lastBatch", "lastSchedule", "lastScheduleRun");

  final NavigableMap<Long, TaskRow> tasks = new TreeMap<>();
  final Map<Named<TaskId>, Long> numbers = new HashMap<>();
  final Map<Long, Prompt> prompts = new HashMap<>();
  final Map<Long, Result> results = new HashMap<>();
  final Map<Long, List<Completion>> alternatives = new HashMap<>();
  final Map<Long, List<Attempt>> attempts = new HashMap<>();
  final Map<Long, Progress> progress = new HashMap<>();
  final Map<Long, List<Chunk>> chunks = new HashMap<>();
  final Map<KeyRows.Key, KeyRows.Use> keys = new LinkedHashMap<>();
  final Map<Named<GateId>, Gate> gates = new HashMap<>();
  final Map<TenantId, Tally> counts = new HashMap<>();
  final Map<Named<String>, Tally> openCounts = new HashMap<>();
  final List<MemoryCountRows.Added> countsAdded = new ArrayList<>();
  final Map<Named<BatchId>, Batch> batches = new LinkedHashMap<>();
  final Map<Named<BatchId>, IdempotencyKey> batchKeys = new HashMap<>();
  final Map<Named<BatchId>, Tally> batchTallies = new HashMap<>();
  final NavigableMap<Long, Schedule> schedules = new TreeMap<>();
  final NavigableMap<Long, ScheduleRun> scheduleRuns = new TreeMap<>();
  final NavigableMap<String, ModelPause> pauses = new TreeMap<>();
  final Map<MemoryStatRows.Name, Stats> stats = new HashMap<>();
  final Map<RequestRows.Name, RequestRows.Kept> requests = new HashMap<>();
  final Map<Named<TaskId>, Instant> tombstones = new HashMap<>();
  final Map<Long, String> origins = new HashMap<>();
  final Map<Named<String>, Webhook> webhooks = new LinkedHashMap<>();
  final Map<MemoryWebhookRows.Name, Delivery> deliveries = new LinkedHashMap<>();
  final Map<Line, Boolean> paused = new LinkedHashMap<>();

  /** Oldest first. */
  final List<LoggedEvent> events = new ArrayList<>();

  long webhookCursor;
  long lastEvent;
  long lastSeq;
  long lastBatch;
  long lastSchedule;
  long lastScheduleRun;

  /** A copy of every table and of the places in the log, by name. */
  Map<String, Object> contents() {
    Map<String, Object> contents = new TreeMap<>();
    for (Field field : MemoryTables.class.getDeclaredFields()) {
      if (!GIVEN_OUT.contains(field.getName()) && !Modifier.isStatic(field.getModifiers())) {
        contents.put(field.getName(), copy(value(field)));
      }
    }
    return contents;
  }

  private Object value(Field field) {
    try {
      return field.get(this);
    } catch (IllegalAccessException e) {
      throw new AssertionError("its own field", e);
    }
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copies = new LinkedHashMap<>();
      map.forEach((key, row) -> copies.put(key, copy(row)));
      return copies;
    }
    return value instanceof List<?> list ? new ArrayList<Object>(list) : value;
  }

  /** A name that is unique within its tenant. */
  record Named<N>(TenantId tenant, N name) {}
}

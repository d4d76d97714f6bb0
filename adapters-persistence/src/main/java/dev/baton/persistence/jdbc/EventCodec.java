package dev.baton.persistence.jdbc;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.DomainEvent.AlertEvent;
import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.ScheduleEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.schedule.ScheduleId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one transaction as bytes, and back. One row for many events is what makes the log
 * nearly free: three events of a task's life cost three statements otherwise.
 *
 * <p>Form: one byte 1 (the form's number), then of each event one byte for its type, tenant, id of
 * its subject, one byte kind, for a task's event (type 0) an int attempt, and long epoch
 * milliseconds; texts as in {@link DataOutputStream#writeUTF}. A batch's event is type 1; a
 * schedule's, type 2, has the run after the id; an alert, type 3, has its kind for an id, and its
 * message for a kind.
 */
public final class EventCodec {
  private static final byte FORM = 1;
  private static final byte TASK = 0;
  private static final byte BATCH = 1;
  private static final byte SCHEDULE = 2;
  private static final byte ALERT = 3;
  private static final int EVENT_BYTES = 80;

  private EventCodec() {}

  public static byte[] encode(List<DomainEvent> events) {
    try {
      var bytes = new ByteArrayOutputStream(1 + EVENT_BYTES * events.size());
      var out = new DataOutputStream(bytes);
      out.writeByte(FORM);
      for (DomainEvent event : events) {
        if (event instanceof TaskEvent task) {
          write(out, task);
        } else if (event instanceof BatchEvent batch) {
          write(out, batch);
        } else if (event instanceof ScheduleEvent schedule) {
          write(out, schedule);
        } else if (event instanceof AlertEvent alert) {
          write(out, alert);
        } else {
          throw new IllegalStateException("no form for " + event);
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, TaskEvent task) throws IOException {
    out.writeByte(TASK);
    out.writeUTF(task.tenant().value());
    out.writeUTF(task.taskId().value());
    out.writeByte(Codes.of(task.kind()));
    out.writeInt(task.attempt());
    out.writeLong(task.at().toEpochMilli());
  }

  private static void write(DataOutputStream out, BatchEvent batch) throws IOException {
    out.writeByte(BATCH);
    out.writeUTF(batch.tenant().value());
    out.writeUTF(batch.batchId().value());
    out.writeByte(Codes.of(batch.kind()));
    out.writeLong(batch.at().toEpochMilli());
  }

  private static void write(DataOutputStream out, ScheduleEvent schedule) throws IOException {
    out.writeByte(SCHEDULE);
    out.writeUTF(schedule.tenant().value());
    out.writeUTF(schedule.scheduleId().value());
    out.writeUTF(schedule.run());
    out.writeByte(code(schedule.kind()));
    out.writeLong(schedule.at().toEpochMilli());
  }

  private static void write(DataOutputStream out, AlertEvent alert) throws IOException {
    out.writeByte(ALERT);
    out.writeUTF(alert.tenant().value());
    out.writeUTF(alert.kind());
    out.writeUTF(alert.message());
    out.writeLong(alert.at().toEpochMilli());
  }

  private static int code(ScheduleEvent.Kind kind) {
    return switch (kind) {
      case EXECUTED -> 0;
      case FAILED -> 1;
    };
  }

  private static ScheduleEvent.Kind scheduleKind(int code) {
    return switch (code) {
      case 0 -> ScheduleEvent.Kind.EXECUTED;
      case 1 -> ScheduleEvent.Kind.FAILED;
      default -> throw new IllegalStateException("nothing is stored as " + code);
    };
  }

  public static List<DomainEvent> decode(byte[] data, int count) {
    try {
      var in = new DataInputStream(new ByteArrayInputStream(data));
      int form = in.readByte();
      if (form != FORM) {
        throw new IllegalStateException("event form " + form + " is not known");
      }
      List<DomainEvent> events = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        events.add(read(in));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DomainEvent read(DataInputStream in) throws IOException {
    int type = in.readByte();
    return switch (type) {
      case TASK ->
          new TaskEvent(
              new TenantId(in.readUTF()),
              new TaskId(in.readUTF()),
              Codes.event(in.readByte()),
              in.readInt(),
              Instant.ofEpochMilli(in.readLong()));
      case BATCH ->
          new BatchEvent(
              new TenantId(in.readUTF()),
              new BatchId(in.readUTF()),
              Codes.batchEvent(in.readByte()),
              Instant.ofEpochMilli(in.readLong()));
      case SCHEDULE ->
          new ScheduleEvent(
              new TenantId(in.readUTF()),
              new ScheduleId(in.readUTF()),
              in.readUTF(),
              scheduleKind(in.readByte()),
              Instant.ofEpochMilli(in.readLong()));
      case ALERT ->
          new AlertEvent(
              new TenantId(in.readUTF()),
              in.readUTF(),
              in.readUTF(),
              Instant.ofEpochMilli(in.readLong()));
      default -> throw new IllegalStateException("event type " + type + " is not known");
    };
  }
}

package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.TaskEvent;
import dev.baton.core.domain.task.TaskId;
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
 * <p>Form: one byte 1 (the form's number), then of each event one byte 0 (a task's), tenant, task
 * id, one byte kind, int attempt, long epoch milliseconds; texts as in {@link
 * DataOutputStream#writeUTF}.
 */
final class EventCodec {
  private static final byte FORM = 1;
  private static final byte TASK = 0;
  private static final int EVENT_BYTES = 80;

  private EventCodec() {}

  static byte[] encode(List<DomainEvent> events) {
    try {
      var bytes = new ByteArrayOutputStream(1 + EVENT_BYTES * events.size());
      var out = new DataOutputStream(bytes);
      out.writeByte(FORM);
      for (DomainEvent event : events) {
        // The only kind there is: sealed, so that the next one does not slip through unseen.
        TaskEvent task = (TaskEvent) event;
        out.writeByte(TASK);
        out.writeUTF(task.tenant().value());
        out.writeUTF(task.taskId().value());
        out.writeByte(Codes.of(task.kind()));
        out.writeInt(task.attempt());
        out.writeLong(task.at().toEpochMilli());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<DomainEvent> decode(byte[] data, int count) {
    try {
      var in = new DataInputStream(new ByteArrayInputStream(data));
      int form = in.readByte();
      List<DomainEvent> events = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int type = in.readByte();
        if (form != FORM || type != TASK) {
          throw new IllegalStateException("event form " + form + "/" + type + " is not known");
        }
        events.add(
            new TaskEvent(
                new TenantId(in.readUTF()),
                new TaskId(in.readUTF()),
                Codes.event(in.readByte()),
                in.readInt(),
                Instant.ofEpochMilli(in.readLong())));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

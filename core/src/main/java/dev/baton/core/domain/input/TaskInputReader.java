package dev.baton.core.domain.input;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.input.InputProblem.Fault;
import dev.baton.core.domain.input.Member.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what somebody says of a task, by the same rules wherever it comes from. What is null or, in
 * a cell, empty is not said. Thread-safe.
 */
public final class TaskInputReader {
  private final JsonCodec json;
  private final boolean metadataTell;

  /** One that takes a priority in the metadata for the task's, unless it says another. */
  public TaskInputReader(JsonCodec json) {
    this(json, true);
  }

  private TaskInputReader(JsonCodec json, boolean metadataTell) {
    this.json = requireNonNull(json, "json");
    this.metadataTell = metadataTell;
  }

  /** One to which metadata say nothing. */
  public static TaskInputReader withOpaqueMetadata(JsonCodec json) {
    return new TaskInputReader(json, false);
  }

  /** Whether a name means nothing in a row, so that what stands under it becomes metadata. */
  public static boolean isUnknown(String name) {
    return Member.named(name).isEmpty() && !InputValues.OWN_NAMES.contains(name);
  }

  /**
   * The members of a body or of a command line.
   *
   * @param said texts, numbers and booleans; objects and arrays as their JSON text, which is kept
   *     byte for byte
   */
  public TaskInput members(Map<Member, ?> said) {
    return members(said, Map.of());
  }

  /**
   * As {@link #members(Map)}, of what may say more than a task can; that becomes metadata.
   *
   * @param others values as their JSON text
   */
  public TaskInput members(Map<Member, ?> said, Map<String, String> others) {
    InputValues values = new InputValues(json, metadataTell);
    said.forEach(values::raw);
    if (others.isEmpty()) {
      return values.task(true);
    }
    said.keySet().forEach(member -> values.named(member, member.spelling()));
    Map<String, Object> extra = new LinkedHashMap<>();
    others.forEach(
        (name, text) -> {
          Object value = json.parse(text);
          Optional<Member> member = Member.named(name);
          if (value != null && member.isPresent()) {
            // As in a row of a file, where both spellings of a name are read.
            values.named(member.get(), name);
            values.parsed(member.get(), value);
          } else if (value != null) {
            extra.put(name, value);
          }
        });
    values.addMetadata(extra);
    return values.task(true);
  }

  /** As {@link #members}, of what is to change: a prompt need not be there. */
  public TaskInput changes(Map<Member, ?> said) {
    InputValues values = new InputValues(json, metadataTell);
    said.forEach(values::raw);
    return values.task(false);
  }

  /**
   * A row of a file; what stands under other names becomes metadata. Lines made for the batch APIs
   * of OpenAI and Anthropic are rows too.
   *
   * @throws IllegalArgumentException if it is a broken one
   */
  public TaskInput row(RawRow row) {
    if (row instanceof RawRow.Members object) {
      return row(object.members());
    }
    if (row instanceof RawRow.Cells record) {
      return row(record.columns(), record.cells());
    }
    throw new IllegalArgumentException("a broken row says nothing");
  }

  private TaskInput row(Map<String, ?> said) {
    InputValues values = new InputValues(json, metadataTell);
    boolean line = BatchLine.is(said);
    if (line) {
      BatchLine.problem(said)
          .ifPresent(problem -> values.wrong(Member.MESSAGES, Fault.INVALID, problem));
    }
    Map<String, Object> extra = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : (line ? BatchLine.row(said) : said).entrySet()) {
      Object value = entry.getValue();
      Optional<Member> member = Member.named(entry.getKey());
      if (value == null) {
        continue;
      }
      if (member.isPresent()) {
        values.named(member.get(), entry.getKey());
        values.parsed(member.get(), value);
      } else {
        extra.put(entry.getKey(), value);
      }
    }
    values.addMetadata(extra);
    return values.task(true);
  }

  private TaskInput row(Columns columns, List<String> cells) {
    InputValues values = new InputValues(json, metadataTell);
    Map<String, Object> extra = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (cell.isEmpty() || columns.isResult(i)) {
        continue;
      }
      Optional<Member> member = columns.member(i);
      if (member.isPresent()) {
        values.named(member.get(), columns.name(i));
        cell(values, member.get(), cell);
      } else {
        extra.put(columns.name(i), cell);
      }
    }
    values.addMetadata(extra);
    return values.task(true);
  }

  /** A cell is a text: what it stands for depends on its column. */
  private void cell(InputValues values, Member member, String cell) {
    if (member.kind() == Kind.OBJECT || member.kind() == Kind.ARRAY) {
      try {
        Object value = json.parse(cell);
        values.parsed(member, value == null ? "null" : value);
      } catch (IllegalArgumentException e) {
        values.wrong(member, Fault.WRONG_TYPE, "the cell is not valid JSON");
      }
    } else {
      values.parsed(member, Cells.value(member.kind(), cell));
    }
  }
}

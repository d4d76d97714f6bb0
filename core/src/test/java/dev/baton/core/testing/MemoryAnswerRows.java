package dev.baton.core.testing;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.port.AnswerRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers, attempts and pieces. */
final class MemoryAnswerRows implements AnswerRows {
  private final MemoryTables tables;
  private final UndoLog undo;
  private final MemoryTransaction.Guard guard;

  MemoryAnswerRows(MemoryTables tables, UndoLog undo, MemoryTransaction.Guard guard) {
    this.tables = tables;
    this.undo = undo;
    this.guard = guard;
  }

  @Override
  public void insert(List<Result> results) {
    guard.toWrite();
    for (Result result : results) {
      if (tables.results.containsKey(result.seq())) {
        throw new IllegalStateException("the task has a result: " + result.seq());
      }
      undo.put(tables.results, result.seq(), result);
    }
  }

  @Override
  public Optional<Result> result(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.results.get(seq));
  }

  @Override
  public void removeResult(long seq) {
    guard.toWrite();
    undo.remove(tables.results, seq);
  }

  @Override
  public void addAlternative(long seq, Completion completion, Instant at, int max) {
    guard.toWrite();
    List<Completion> list = list(tables.alternatives, seq);
    undo.add(list, completion);
    while (list.size() > max) {
      undo.removeFirst(list);
    }
  }

  @Override
  public List<Completion> alternatives(long seq) {
    guard.toRead();
    List<Completion> kept = tables.alternatives.getOrDefault(seq, List.of());
    long length = 0;
    int from = kept.size();
    while (from > 0 && length < ALTERNATIVES_TEXT_MAX) {
      from--;
      length += kept.get(from).content().length();
    }
    return List.copyOf(kept.subList(from, kept.size()));
  }

  @Override
  public void addAttempt(long seq, Attempt attempt) {
    guard.toWrite();
    undo.add(list(tables.attempts, seq), attempt);
  }

  @Override
  public List<Attempt> attempts(long seq) {
    guard.toRead();
    List<Attempt> all = tables.attempts.getOrDefault(seq, List.of());
    return List.copyOf(all.subList(Math.max(0, all.size() - ATTEMPTS_MAX), all.size()));
  }

  @Override
  public void putProgress(long seq, Progress progress) {
    guard.toWrite();
    undo.put(tables.progress, seq, progress);
  }

  @Override
  public Optional<Progress> progress(long seq) {
    guard.toRead();
    return Optional.ofNullable(tables.progress.get(seq));
  }

  @Override
  public void addChunks(long seq, List<Chunk> chunks) {
    guard.toWrite();
    for (Chunk chunk : chunks) {
      if (all(seq).stream().anyMatch(other -> isSame(other, chunk))) {
        throw new IllegalStateException("the chunk is there: " + chunk.number());
      }
      undo.add(list(tables.chunks, seq), chunk);
    }
  }

  private static boolean isSame(Chunk one, Chunk other) {
    return one.token() == other.token() && one.number() == other.number();
  }

  @Override
  public int lastChunk(long seq, long token) {
    guard.toRead();
    return all(seq).stream()
        .filter(chunk -> chunk.token() == token)
        .mapToInt(Chunk::number)
        .max()
        .orElse(0);
  }

  @Override
  public List<Chunk> chunks(long seq, long token, int afterNumber, int max) {
    guard.toRead();
    long newest = all(seq).stream().mapToLong(Chunk::token).max().orElse(0);
    if (newest < token) {
      return List.of();
    }
    int after = newest > token ? 0 : afterNumber;
    return all(seq).stream()
        .filter(chunk -> chunk.token() == newest && chunk.number() > after)
        .limit(max)
        .toList();
  }

  private List<Chunk> all(long seq) {
    return tables.chunks.getOrDefault(seq, List.of());
  }

  private <V> List<V> list(Map<Long, List<V>> lists, long seq) {
    List<V> list = lists.get(seq);
    if (list == null) {
      list = new ArrayList<>();
      undo.put(lists, seq, list);
    }
    return list;
  }
}

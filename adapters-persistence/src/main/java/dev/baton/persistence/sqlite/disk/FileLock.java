package dev.baton.persistence.sqlite.disk;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from working on the same file. One lock lies on a file beside the
 * database, which says who has it; another on a byte of the database itself, far from those that
 * SQLite locks, so that the file is also found in use by another of its names. The system drops
 * both with the process, however that ends.
 */
public final class FileLock implements AutoCloseable {
  /**
   * What this process holds, by the path and by the identity of the database. Asked before a file
   * is opened: the system drops a process's locks on a file, SQLite's own among them, as soon as
   * that process closes any opening of it.
   */
  private static final int HEAD = 100;

  private static final Map<Object, LockNote> HELD = new ConcurrentHashMap<>();

  /** Far behind the end of any database. SQLite locks bytes from 1 GiB on, 512 of them. */
  private static final long OWN_BYTE = 1L << 62;

  private static final Duration TELL_AFTER = Duration.ofSeconds(1);
  private static final long LOOK_NANOS = 20_000_000;

  /** How long a line may be that moves on before each patience ends. */
  private static final int PATIENCES_MAX = 24;

  private final Path database;
  private final Turn turn;
  private final FileChannel beside;
  private @Nullable FileChannel inside;
  private java.nio.channels.@Nullable FileLock byName;
  private @Nullable Object identity;
  private boolean logIsOfAnother;

  private FileLock(Path database, Turn turn, FileChannel beside) {
    this.database = database;
    this.turn = turn;
    this.beside = beside;
  }

  /** Whether who had it before found the file replaced, and left the log of the old one. */
  public boolean isLogOfAnother() {
    return logIsOfAnother;
  }

  /** The same for who only reads, and has no lock. */
  public static boolean isLogOfAnother(Path database) {
    return !isOpenHere(database) && LockNote.saysLogOfAnotherFile(pathFor(database), database);
  }

  public static Path pathFor(Path database) {
    return database.resolveSibling(database.getFileName() + "-lock");
  }

  /** Refuses a database that this process has open, by whatever name. */
  public static void requireNotOpenHere(Path database) {
    heldHere(database)
        .ifPresent(
            holder -> {
              throw inUse(database, holder);
            });
  }

  /** Whether this process has it open, by whatever name. */
  public static boolean isOpenHere(Path database) {
    return heldHere(database).isPresent();
  }

  private static Optional<LockNote> heldHere(Path database) {
    return Optional.ofNullable(HELD.get(database))
        .or(() -> RealFile.identity(database).map(HELD::get));
  }

  /**
   * Takes the database, which need not exist.
   *
   * @param database its real path
   * @throws StoreRefusedException when somebody has it for long, or for longer than the turn waits
   */
  public static FileLock acquire(Path database, Turn turn) {
    requireNotOpenHere(database);
    LockNote note = LockNote.own(turn.holder(), turn.lasting(), "");
    LockNote other = HELD.putIfAbsent(database, note);
    if (other != null) {
      throw inUse(database, other);
    }
    try {
      FileLock lock = new FileLock(database, turn, await(database, turn));
      lock.logIsOfAnother = LockNote.saysLogOfAnotherFile(lock.beside, database);
      if (!lock.logIsOfAnother) {
        // At once: who waits must not take what the last holder wrote for this one's.
        lock.write(note.text());
      }
      return lock;
    } catch (RuntimeException e) {
      HELD.remove(database);
      throw e;
    }
  }

  /** Waits for the file; the patience begins anew with each holder, as in any line that moves. */
  private static FileChannel await(Path database, Turn turn) {
    long start = System.nanoTime();
    long since = start;
    LockNote last = LockNote.NONE;
    boolean told = false;
    while (true) {
      FileChannel channel = tryLock(database);
      if (channel != null) {
        return channel;
      }
      LockNote holder = LockNote.read(pathFor(database));
      long now = System.nanoTime();
      if (!holder.pid().equals(last.pid()) && holder.pid().isPresent()) {
        last = holder;
        since = now;
      }
      boolean lasting = holder.lasting() && holder.pid().isPresent();
      boolean over =
          now - since >= turn.patience().toNanos()
              || now - start >= turn.patience().toNanos() * PATIENCES_MAX;
      if (lasting || over) {
        throw inUse(database, holder);
      }
      if (!told && now - start >= TELL_AFTER.toNanos()) {
        told = true;
        turn.onWaiting().accept(holder.who());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static @Nullable FileChannel tryLock(Path database) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              pathFor(database),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (lock(channel, 0, Long.MAX_VALUE) != null) {
        return channel;
      }
      channel.close();
      return null;
    } catch (IOException e) {
      closeAfter(channel, e);
      throw StoreFaults.refusal("can't write beside " + database, e);
    }
  }

  private static java.nio.channels.@Nullable FileLock lock(FileChannel channel, long at, long bytes)
      throws IOException {
    try {
      return channel.tryLock(at, bytes, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Locks the database, which exists by now, against its other names, and says who has it. */
  public void lockFile() {
    Object key = RealFile.identity(database).orElse(database);
    try {
      FileChannel channel =
          FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
      byName = lock(channel, OWN_BYTE, 1);
      if (byName == null) {
        channel.close();
        throw new StoreRefusedException(
            Reason.IN_USE,
            database
                + " has another name (a hard link), by which another process has it open: stop that"
                + " one, or work through it with --server");
      }
      inside = channel;
      identity = key;
      HELD.put(key, LockNote.own(turn.holder(), turn.lasting(), ""));
      note("");
    } catch (IOException e) {
      throw StoreFaults.refusal("can't open " + database, e);
    }
  }

  /**
   * Locks the database again, once SQLite keeps it open: it drops every lock of the process when
   * its own last one goes, as happens while it makes a new file.
   */
  public void renew() {
    FileChannel channel = inside;
    if (channel == null || byName == null) {
      throw new IllegalStateException("the file was never locked");
    }
    try {
      byName.release();
      byName = lock(channel, OWN_BYTE, 1);
    } catch (IOException e) {
      throw StoreFaults.refusal("can't lock " + database, e);
    }
    if (byName == null) {
      throw new StoreRefusedException(
          Reason.IN_USE, database + " was opened by another process, by another of its names");
    }
  }

  /** Tells others where this process serves; the address is empty if it does not. */
  public void note(String url) {
    write(LockNote.own(turn.holder(), turn.lasting(), url).text());
  }

  /** Tells the next start that the log which stays behind is not this database's. */
  public void noteLogOfAnotherFile() {
    if (identity != null) {
      write(LockNote.logOfAnotherFile(identity));
    }
  }

  private void write(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      int length = bytes.remaining();
      beside.position(0);
      while (bytes.hasRemaining()) {
        beside.write(bytes);
      }
      beside.truncate(length);
    } catch (IOException e) {
      // A full disk: nobody can read who has the database, but it is locked all the same.
      System.getLogger(FileLock.class.getName())
          .log(System.Logger.Level.DEBUG, "the lock's note can't be written", e);
    }
  }

  private static StoreRefusedException inUse(Path database, LockNote holder) {
    return new StoreRefusedException(
        Reason.IN_USE, "%s is in use by %s: %s".formatted(database, holder.who(), holder.advice()));
  }

  /** What is known of the process that holds the lock now, if one does. */
  public static Optional<LockNote> holder(Path database) {
    Optional<LockNote> here = heldHere(database);
    if (here.isPresent()) {
      return here;
    }
    Path path = pathFor(database);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return lock(channel, 0, Long.MAX_VALUE) != null
          ? Optional.empty()
          : Optional.of(LockNote.read(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void closeAfter(@Nullable FileChannel channel, IOException first) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
    }
  }

  /**
   * The first bytes of the database, of which there are at most 100. No other stream on it may be
   * opened: its end would drop the locks that SQLite has for this process.
   */
  public ByteBuffer head() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    FileChannel channel = inside;
    while (channel != null && head.hasRemaining() && channel.read(head, head.position()) >= 0) {}
    return head.flip();
  }

  /** To be called once SQLite has closed the database: closing drops SQLite's locks, too. */
  @Override
  public void close() {
    try {
      if (inside != null) {
        inside.close();
      }
      beside.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (identity != null) {
        HELD.remove(identity);
      }
      HELD.remove(database);
    }
  }
}

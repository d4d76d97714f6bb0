package dev.baton.persistence.sqlite.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the lock's file says of who has the database: a line each for the process, what it is,
 * whether it keeps it for long, and the address it serves at. A hint for people: only the lock
 * itself counts, and a note may be missing or half written.
 *
 * @param url empty unless it is a server that listens
 */
public record LockNote(OptionalLong pid, String holder, boolean lasting, String url) {
  private static final String LASTING = "lasting";

  /** Of a process that found its file replaced: the log left behind is not of the new one. */
  private static final String LOG_OF_ANOTHER = "log-of-another-file";

  static final LockNote NONE = new LockNote(OptionalLong.empty(), "", false, "");

  static LockNote own(String holder, boolean lasting, String url) {
    return new LockNote(OptionalLong.of(ProcessHandle.current().pid()), holder, lasting, url);
  }

  static LockNote read(Path file) {
    List<String> lines = lines(file);
    String pid = lines.isEmpty() ? "" : lines.get(0).strip();
    if (pid.isEmpty() || pid.length() > 18 || !pid.chars().allMatch(Character::isDigit)) {
      return NONE;
    }
    return new LockNote(
        OptionalLong.of(Long.parseLong(pid)),
        lines.size() > 1 ? lines.get(1) : "",
        // An older Baton wrote the number alone, and kept the file however long.
        lines.size() < 3 || lines.get(2).equals(LASTING),
        lines.size() > 3 ? lines.get(3) : "");
  }

  /**
   * Whether the last one left a log that is not of {@code database}, as it is now. Reads by the
   * lock's own opening: another one's end would drop the lock.
   */
  static boolean saysLogOfAnotherFile(FileChannel lock, Path database) {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    try {
      lock.read(bytes, 0);
    } catch (IOException e) {
      return false;
    }
    return saysLogOfAnotherFile(
        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList(),
        database);
  }

  private static boolean saysLogOfAnotherFile(List<String> lines, Path database) {
    return lines.size() > 2
        && lines.get(1).equals(LOG_OF_ANOTHER)
        && !lines.get(2).equals(identity(database));
  }

  /** The same for who takes no lock; not for a process that has one, whose end this would be. */
  static boolean saysLogOfAnotherFile(Path lock, Path database) {
    return saysLogOfAnotherFile(lines(lock), database);
  }

  /**
   * What the next start is to know.
   *
   * @param database the identity of the file that was opened
   */
  static String logOfAnotherFile(Object database) {
    return "%d\n%s\n%s\n".formatted(ProcessHandle.current().pid(), LOG_OF_ANOTHER, database);
  }

  private static String identity(Path database) {
    return RealFile.identity(database).map(Object::toString).orElse("");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  String text() {
    return "%d\n%s\n%s\n%s\n".formatted(pid.orElse(0), holder, lasting ? LASTING : "short", url);
  }

  /** Who has it, for a sentence. */
  String who() {
    String process = pid.isPresent() ? "process " + pid.getAsLong() : "another process";
    return holder.isEmpty() ? process : process + " (" + holder + ")";
  }

  /** What to do about it. */
  String advice() {
    if (!url.isEmpty()) {
      return "work through it with --server " + url + ", or stop it";
    }
    return "stop it, or wait until it ends; with 'baton serve' many can work on it at once, by"
        + " --server";
  }
}

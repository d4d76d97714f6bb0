package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Maintenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What the doctor looks at for a database file: the disk below it and the file itself. */
final class FileExam {
  private static final long MIB = 1024 * 1024;
  private static final long FREE_LOW = 1024 * MIB;
  private static final long FREE_MIN = 256 * MIB;
  private static final long WAL_LARGE = 512 * MIB;
  private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(1);
  private static final int FLUSHES = 9;
  private static final Duration FLUSH_SLOW = Duration.ofMillis(20);

  private final Path database;
  private final Path directory;
  private final CliBackend backend;

  FileExam(Path database, CliBackend backend) {
    this.database = database;
    Path parent = database.toAbsolutePath().normalize().getParent();
    this.directory = parent == null ? database.toAbsolutePath() : parent;
    this.backend = backend;
  }

  List<Finding> findings(Instant wall) {
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      return List.of(
          Finding.fail(
              "disk", directory + " is missing or can't be written: make it, or use --db"));
    }
    List<Finding> findings = new ArrayList<>(List.of(free(), flush()));
    if (Files.exists(database) && !Files.isRegularFile(database)) {
      findings.add(Finding.fail("database", database + " is no file: name one with --db"));
    } else if (Files.exists(database)) {
      Finding checked = check();
      findings.addAll(List.of(log(), holder(), checked));
      if (checked.level() == Finding.Level.OK) {
        findings.add(clock(wall));
      }
    } else {
      findings.add(Finding.ok("database", database + " is not there yet: it is made when needed"));
    }
    return findings;
  }

  private Finding free() {
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      String sentence = "%,d MiB free for %s".formatted(free / MIB, directory);
      if (free < FREE_MIN) {
        return Finding.fail("disk", sentence + ": new prompts are refused; make room");
      }
      return free < FREE_LOW
          ? Finding.warn("disk", sentence + ": make room, or 'baton prune --older-than 30d'")
          : Finding.ok("disk", sentence);
    } catch (IOException e) {
      return Finding.warn("disk", "can't tell the free room: " + e.getMessage());
    }
  }

  /** Every acknowledgement waits for this. */
  private Finding flush() {
    try {
      Duration median = medianFlush();
      String sentence = "%.1f ms for a flush".formatted(median.toNanos() / 1e6);
      return median.compareTo(FLUSH_SLOW) > 0
          ? Finding.warn("flush", sentence + ": a slow disk makes single prompts slow; send lists")
          : Finding.ok("flush", sentence);
    } catch (IOException e) {
      return Finding.fail("flush", "can't write to " + directory + ": " + e.getMessage());
    }
  }

  private Duration medianFlush() throws IOException {
    Path probe = Files.createTempFile(directory, ".baton-doctor", "");
    try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
      long[] nanos = new long[FLUSHES];
      for (int i = 0; i < FLUSHES; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(4096));
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      return Duration.ofNanos(nanos[FLUSHES / 2]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private Finding log() {
    Path wal = database.resolveSibling(database.getFileName() + "-wal");
    try {
      long bytes = Files.exists(wal) ? Files.size(wal) : 0;
      String sentence = "the write-ahead log has %,d MiB".formatted(bytes / MIB);
      return bytes > WAL_LARGE
          ? Finding.warn("log", sentence + ": a reader keeps it from shrinking; restart the server")
          : Finding.ok("log", sentence);
    } catch (IOException e) {
      return Finding.warn("log", "can't tell the size of " + wal + ": " + e.getMessage());
    }
  }

  private Finding holder() {
    OptionalLong pid = backend.maintenance(database, CliBackend.Use.READING).holder();
    return pid.isPresent()
        ? Finding.ok(
            "holder", "process %d has it open: use --server to work".formatted(pid.getAsLong()))
        : Finding.ok("holder", "no process has it open");
  }

  private Finding clock(Instant wall) {
    try {
      Duration ahead = backend.maintenance(database, CliBackend.Use.READING).clockAhead(wall);
      return ahead.compareTo(CLOCK_AHEAD_MAX) > 0
          ? Finding.warn(
              "clock",
              "it was used under a clock %s ahead: see to this machine's, then --reset-clock"
                  .formatted(DurationText.about(ahead)))
          : Finding.ok("clock", "it was last used at this time or before");
    } catch (BatonException | StoreRefusedException e) {
      return Finding.warn("clock", String.valueOf(e.getMessage()));
    }
  }

  /** What to do about damage, to follow what it is; nothing where that says it already. */
  static String advice(Maintenance.Checked damaged) {
    String restore = "'baton restore'";
    return damaged.findings().stream().anyMatch(finding -> finding.contains(restore))
        ? ""
        : ": put a backup in its place with " + restore;
  }

  private Finding check() {
    try {
      Maintenance.Checked checked = backend.maintenance(database, CliBackend.Use.READING).check();
      return checked.isIntact()
          ? Finding.ok("database", "intact: %,d tasks".formatted(checked.tasks()))
          : Finding.fail(
              "database", "damaged (%s)%s".formatted(checked.findings().get(0), advice(checked)));
    } catch (BatonException | StoreRefusedException e) {
      return Finding.fail("database", String.valueOf(e.getMessage()));
    }
  }
}

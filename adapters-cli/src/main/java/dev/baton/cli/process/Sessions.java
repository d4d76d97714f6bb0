package dev.baton.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions of processes, as Linux tells of them; other systems tell nothing. */
final class Sessions {
  private static final Path PROCESSES = Path.of("/proc");

  private Sessions() {}

  /** The processes of a session that run; zombies do not. */
  static List<ProcessHandle> members(long session) {
    List<ProcessHandle> members = new ArrayList<>();
    if (!Files.isDirectory(PROCESSES.resolve("self"))) {
      return members;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : processes) {
        if (isMember(process, session)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(members::add);
        }
      }
    } catch (IOException e) {
      // Not to be read here; the parent's knowledge of its children has to do.
      return members;
    }
    return members;
  }

  private static boolean isMember(Path process, long session) {
    try {
      // "pid (name) state parent group session": the name may hold anything.
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      return !fields[0].equals("Z") && Long.parseLong(fields[3]) == session;
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  /** Whether it runs; a process that ended may stay a zombie where nobody is there to reap it. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /** Its program and number, for people. */
  static String name(ProcessHandle process) {
    Optional<String> program =
        process.info().command().map(path -> path.substring(path.lastIndexOf('/') + 1));
    return program.map(name -> name + " ").orElse("") + "(pid " + process.pid() + ")";
  }
}

package dev.baton.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Ends the programs when this process is killed and can't do so itself: a shell that is told of
 * them through a pipe, which the system closes with this process. Where there is no shell, nobody
 * guards. Thread-safe.
 */
final class OrphanGuard implements AutoCloseable {
  /** Groups can be signalled everywhere; what left its group is found by its session on Linux. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      held=' '
      while read -r word id; do
        case $word in
          hold) held="$held$id " ;;
          free)
            held="${held%% $id *} ${held#* $id }"
            [ -d /proc/self ] || kill -s KILL -- "-$id" ;;
        esac
      done
      [ "$held" = ' ' ] && exit
      all() {
        for id in $held; do kill -s "$1" -- "-$id" || kill -s "$1" "$id"; done
        for stat in /proc/[0-9]*/stat; do
          read -r line <"$stat" || continue
          set -- "$1" ${line##*) }
          case $held in *" $5 "*) kill -s "$1" "${line%% *}" ;; esac
        done
      }
      all TERM
      sleep 1
      all KILL
      """;

  private final Optional<Process> shell;

  private OrphanGuard(Optional<Process> shell) {
    this.shell = shell;
  }

  static OrphanGuard start(Launcher launcher) {
    List<String> command = launcher.launching(List.of("sh", "-c", SCRIPT, "baton-guard"));
    try {
      // It must not keep open what this process writes to.
      return new OrphanGuard(
          Optional.of(
              new ProcessBuilder(command)
                  .redirectOutput(Redirect.DISCARD)
                  .redirectError(Redirect.DISCARD)
                  .start()));
    } catch (IOException e) {
      return new OrphanGuard(Optional.empty());
    }
  }

  /** From now on the programs of this session end with this process. */
  void hold(long session) {
    tell("hold", session);
  }

  /** The session is over. */
  void free(long session) {
    tell("free", session);
  }

  private synchronized void tell(String word, long session) {
    if (shell.isEmpty()) {
      return;
    }
    try {
      OutputStream pipe = shell.get().getOutputStream();
      pipe.write("%s %d\n".formatted(word, session).getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      System.getLogger(OrphanGuard.class.getName())
          .log(System.Logger.Level.DEBUG, "nobody guards the programs any longer", e);
    }
  }

  @Override
  public void close() {
    shell.ifPresent(Process::destroy);
  }
}

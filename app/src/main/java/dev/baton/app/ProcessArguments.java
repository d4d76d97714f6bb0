package dev.baton.app;

import static java.util.Objects.requireNonNull;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The arguments that a process was started with, to the letter. Java decodes them by the locale; in
 * the locale {@code C}, which is that of cron, of systemd and of most containers, all that is not
 * ASCII is lost. Where the system keeps the bytes (Linux) they are read again, as UTF-8.
 */
final class ProcessArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char LOST = '\uFFFD';

  private ProcessArguments() {}

  /** The arguments of this process; empty if they can't be told. */
  static Optional<String[]> exact(String[] decoded) {
    if (Arrays.stream(decoded).noneMatch(argument -> argument.indexOf(LOST) >= 0)) {
      return Optional.of(decoded);
    }
    try {
      return exact(decoded, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The arguments that stand last on a command line.
   *
   * @param commandLine the words of the whole command, each followed by a NUL
   */
  static Optional<String[]> exact(String[] decoded, byte[] commandLine) {
    try {
      List<String> words =
          Splitter.on('\0')
              .splitToList(
                  StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(commandLine)));
      // The last NUL ends the last word.
      int end = words.size() - 1;
      if (end < decoded.length) {
        return Optional.empty();
      }
      List<String> last = words.subList(end - decoded.length, end);
      for (int i = 0; i < decoded.length; i++) {
        if (!ascii(decoded[i]).equals(ascii(last.get(i)))) {
          return Optional.empty();
        }
      }
      return Optional.of(Iterables.toArray(last, String.class));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String ascii(String text) {
    return CharMatcher.ascii().retainFrom(requireNonNull(text, "text"));
  }
}

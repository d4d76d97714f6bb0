package dev.baton.app;

import dev.baton.app.crash.SlowModels;
import dev.baton.core.Baton;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.usecase.model.ExecutorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The program with a model that takes its time: the first argument is the file in which it notes
 * each call, the second how many milliseconds an answer takes. Leases are 2 s.
 */
final class SlowModelMain {
  private static final int CONCURRENCY = 8;

  private SlowModelMain() {}

  public static void main(String[] args) {
    Path journal = Path.of(args[0]);
    Duration answer = Duration.ofMillis(Long.parseLong(args[1]));
    Seams seams = new Seams(Seams.NONE.store(), builder -> plant(builder, journal, answer));
    System.exit(Main.run(Arrays.copyOfRange(args, 2, args.length), seams));
  }

  private static Baton.Builder plant(Baton.Builder builder, Path journal, Duration answer) {
    return builder
        .models(new SlowModels(journal, answer))
        .executor(
            new ExecutorSettings(
                new WorkerId("executor"),
                List.of(QueueName.DEFAULT),
                CONCURRENCY,
                CONCURRENCY,
                Duration.ofSeconds(2)));
  }
}

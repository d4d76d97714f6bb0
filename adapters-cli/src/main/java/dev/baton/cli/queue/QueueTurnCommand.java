package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Queue;
import dev.baton.core.domain.id.QueueName;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baton queue pause} and {@code baton queue resume}. */
@Command
final class QueueTurnCommand extends ServerCommand {
  private final String word;
  private final BiConsumer<AdminClient, QueueName> turn;

  @Parameters(paramLabel = "QUEUE", arity = "1..*", description = "The queues.")
  private List<QueueName> names = List.of();

  QueueTurnCommand(
      CliContext context, String word, String sentence, BiConsumer<AdminClient, QueueName> turn) {
    super(context, Words.of(sentence, "0:done; doing it again changes nothing"));
    this.word = word;
    this.turn = turn;
  }

  @Override
  public Integer call() {
    try (AdminClient server = where.admin(context)) {
      List<Queue> queues = server.queues();
      for (QueueName name : names) {
        turn.accept(server, name);
        if (console.json()) {
          console.print(new Jsons.Members().put("queue", name.value()).put("status", word).toMap());
        }
        boolean isEmpty = queues.stream().noneMatch(queue -> hasTasks(queue, name));
        console.say("queue " + name + " is " + word + (isEmpty ? "; nothing is in it" : ""));
      }
    }
    return ExitCodes.OK;
  }

  private static boolean hasTasks(Queue queue, QueueName name) {
    return queue.name().equals(name) && queue.held() + queue.ready() + queue.leased() > 0;
  }
}

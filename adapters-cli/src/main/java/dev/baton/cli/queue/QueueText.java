package dev.baton.cli.queue;

import dev.baton.cli.shared.Jsons;
import dev.baton.core.client.AdminClient.Queue;
import java.util.Map;

/** Queues as the commands write them for programs. */
final class QueueText {

  private QueueText() {}

  static Map<String, Object> json(Queue queue) {
    return new Jsons.Members()
        .put("queue", queue.name().value())
        .put("held", queue.held())
        .put("ready", queue.ready())
        .put("leased", queue.leased())
        .put("paused", queue.paused())
        .toMap();
  }
}

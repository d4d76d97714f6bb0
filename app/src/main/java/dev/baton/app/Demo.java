package dev.baton.app;

import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.client.TaskView;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Settlement;
import dev.baton.http.out.client.HttpBatonClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Hands one prompt from a submitter to a worker and back over HTTP, and tells how it went. */
final class Demo {
  private static final String PROMPT = "Summarize: The sky is blue due to Rayleigh scattering.";
  private static final String ANSWER = "Air scatters blue light most.";

  /** A queue of its own, so that a prompt which waits for a real worker is left alone. */
  private static final QueueName QUEUE = new QueueName("demo");

  private static final int LOOKS = 100;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Demo() {}

  /**
   * Runs it.
   *
   * @param echoing whether the server's own executor answers with the echo, so that a second task
   *     may go through it and asks no model
   */
  static List<String> run(URI url, boolean echoing) {
    List<String> told = new ArrayList<>();
    try (TaskClient server = HttpBatonClient.of(url).tasks()) {
      told.add("demo: a prompt goes in");
      told.add("  curl -X POST %s/putPrompt -H 'Content-Type: application/json' \\".formatted(url));
      told.add("    -d '{\"prompt\":\"%s\",\"queue\":\"%s\"}'".formatted(PROMPT, QUEUE));
      TaskId id =
          server
              .put(
                  List.of(
                      NewTask.builder(Prompt.of(PROMPT))
                          .queue(QUEUE)
                          .retry(RetryPolicy.FOREVER)
                          .build()))
              .get(0)
              .id();
      told.add("  -> task " + id + ", on disk before you read this");
      told.add("demo: a worker takes it, for 60 seconds");
      told.add("  curl '%s/getPrompt?leaseSeconds=60&queue=%s'".formatted(url, QUEUE));
      Granted held =
          server
              .lease(
                  new TaskClient.Ask(
                      List.of(QUEUE), new WorkerId("demo"), Duration.ofSeconds(60), 1),
                  Duration.ZERO)
              .get(0);
      told.add("  -> \"" + held.prompt().text() + "\", lease " + held.lease());
      told.add("demo: it answers, once and for all");
      told.add(
          "  curl -X POST %s/postResponse -H 'Content-Type: application/json' \\".formatted(url));
      told.add("    -d '{\"taskId\":\"%s\",\"content\":\"%s\"}'".formatted(held.taskId(), ANSWER));
      server.complete(List.of(Settlement.Complete.of(held.lease(), Completion.of(ANSWER))));
      told.add("demo: the submitter reads the answer");
      told.add("  curl '%s/getResponse?taskId=%s'".formatted(url, held.taskId()));
      TaskView view = server.find(held.taskId()).orElseThrow();
      told.add("  -> \"" + view.answer().completion().orElseThrow().content() + "\"");
      if (echoing) {
        told.addAll(executed(server, url));
      }
    }
    return told;
  }

  /** A task that the server itself answers, as in the runner dialect. */
  private static List<String> executed(TaskClient server, URI url) {
    List<String> told = new ArrayList<>();
    told.add("demo: a task that the server executes itself; the echo stands for a model");
    told.add(
        "  curl -X POST %s/api/v1/tasks -H 'Content-Type: application/json' \\".formatted(url));
    told.add("    -d '{\"prompt\":\"%s\"}'".formatted(PROMPT));
    TaskId id = server.put(List.of(NewTask.builder(Prompt.of(PROMPT)).build())).get(0).id();
    told.add("demo: its answer is there a moment later");
    told.add("  curl %s/api/v1/tasks/%s".formatted(url, id));
    told.add("  -> " + answer(server, id));
    return told;
  }

  private static String answer(TaskClient server, TaskId id) {
    for (int look = 0; look < LOOKS; look++) {
      TaskView view = server.find(id).orElseThrow();
      if (view.answer().completion().isPresent()) {
        return "\"" + view.answer().completion().get().content().replace('\n', ' ') + "\"";
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return "still at work: ask again";
  }
}

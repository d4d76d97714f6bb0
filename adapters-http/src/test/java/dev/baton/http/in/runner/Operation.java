package dev.baton.http.in.runner;

import dev.baton.http.in.api.Request;
import java.util.List;
import java.util.function.Function;

/**
 * An operation that reads a body, and what a test has to know to call it well.
 *
 * @param name method and pattern, as in the table of routes
 * @param path makes what the operation is done to, and tells where that is
 * @param body a good one
 * @param required whether there must be one
 * @param texts names of members that are texts, the first of which may be any text
 * @param objects names of members that are objects
 */
record Operation(
    String name,
    Function<Runner, String> path,
    String body,
    boolean required,
    List<String> texts,
    List<String> objects) {
  private static final String TASK = "{\"id\":\"t\",\"prompt\":\"p\"}";
  private static final String BATCH = "{\"id\":\"b\",\"tasks\":[{\"id\":\"bt\",\"prompt\":\"p\"}]}";
  private static final String SCHEDULE =
      "{\"name\":\"n\",\"schedule\":\"0 9 * * *\",\"inputFile\":\"in.csv\"}";
  private static final String WEBHOOK =
      "{\"url\":\"https://your-app.com/\",\"events\":[\"task.created\"]}";

  /** Every one that there is; a test holds them against the table of routes. */
  static List<Operation> all() {
    return List.of(
        body("POST /tasks", runner -> "/tasks", TASK, List.of("prompt", "model"), "metadata"),
        body(
            "PATCH /tasks/{id}",
            Operation::task,
            "{\"prompt\":\"q\"}",
            List.of("prompt", "model"),
            "metadata"),
        bare("POST /tasks/{id}/execute", runner -> task(runner) + "/execute"),
        bare("POST /tasks/{id}/cancel", runner -> task(runner) + "/cancel"),
        body("POST /batches", runner -> "/batches", BATCH, List.of("name", "id"), "config"),
        body(
            "PATCH /batches/{id}",
            Operation::batch,
            "{\"name\":\"m\"}",
            List.of("name", "description")),
        bare("POST /batches/{id}/execute", runner -> batch(runner) + "/execute"),
        bare("POST /batches/{id}/pause", runner -> started(runner) + "/pause"),
        bare(
            "POST /batches/{id}/resume",
            runner -> done(started(runner), runner, "/pause", "/resume")),
        bare("POST /batches/{id}/cancel", runner -> batch(runner) + "/cancel"),
        bare("POST /batches/{id}/retry", runner -> unanswered(runner) + "/retry"),
        body(
            "POST /scheduled-tasks",
            runner -> "/scheduled-tasks",
            SCHEDULE,
            List.of("name", "timezone"),
            "config"),
        body(
            "PATCH /scheduled-tasks/{id}",
            Operation::schedule,
            "{\"name\":\"m\"}",
            List.of("name", "timezone"),
            "config"),
        bare("POST /scheduled-tasks/{id}/enable", runner -> schedule(runner) + "/enable"),
        bare("POST /scheduled-tasks/{id}/disable", runner -> schedule(runner) + "/disable"),
        bare("POST /scheduled-tasks/{id}/run", runner -> schedule(runner) + "/run"),
        bare("POST /scheduled-tasks/{id}/dry-run", runner -> schedule(runner) + "/dry-run"),
        body("POST /webhooks", runner -> "/webhooks", WEBHOOK, List.of("secret", "url")),
        body(
            "PATCH /webhooks/{id}",
            Operation::webhook,
            "{\"enabled\":true}",
            List.of("secret", "url")),
        bare("POST /webhooks/{id}/test", runner -> webhook(runner) + "/test"),
        bare(
            "POST /webhooks/{id}/deliveries/{deliveryId}/redeliver",
            runner -> delivery(runner) + "/redeliver"),
        bare("POST /queues/{name}/pause", runner -> "/queues/default/pause"),
        bare("POST /queues/{name}/resume", runner -> "/queues/default/resume"));
  }

  private static Operation body(
      String name,
      Function<Runner, String> path,
      String body,
      List<String> texts,
      String... objects) {
    return new Operation(name, path, body, true, texts, List.of(objects));
  }

  /** One that needs no body. */
  private static Operation bare(String name, Function<Runner, String> path) {
    return new Operation(name, path, "{}", false, List.of(), List.of());
  }

  /** A request for it, without a body, in a state where it can be done. */
  Request.Builder on(Runner runner) {
    return runner.request(method(), path.apply(runner));
  }

  String method() {
    return name.substring(0, name.indexOf(' '));
  }

  /** The good body with another member at its end. */
  String with(String member) {
    return body.substring(0, body.length() - 1) + (body.length() > 2 ? "," : "") + member + "}";
  }

  /** Whether it makes something that has an id. */
  static boolean isMaking(String name) {
    return name.indexOf('{') < 0;
  }

  /** Whether its first text is one that comes back as it was. */
  boolean hasFreeText() {
    return !texts.isEmpty() && !texts.get(0).equals("secret");
  }

  @Override
  public String toString() {
    return name;
  }

  private static String task(Runner runner) {
    runner.post("/tasks", TASK);
    return "/tasks/t";
  }

  private static String batch(Runner runner) {
    runner.post("/batches", BATCH);
    return "/batches/b";
  }

  private static String started(Runner runner) {
    String batch = batch(runner);
    runner.post(batch + "/execute");
    return batch;
  }

  private static String done(String path, Runner runner, String before, String then) {
    runner.post(path + before);
    return path + then;
  }

  private static String unanswered(Runner runner) {
    String batch = started(runner);
    runner.post("/tasks/bt/cancel");
    return batch;
  }

  private static String schedule(Runner runner) {
    runner.files.texts.put("in.csv", "p\n");
    return "/scheduled-tasks/" + runner.post("/scheduled-tasks", SCHEDULE).data("id");
  }

  private static String webhook(Runner runner) {
    return "/webhooks/" + runner.post("/webhooks", WEBHOOK).data("id");
  }

  private static String delivery(Runner runner) {
    String webhook = webhook(runner);
    return webhook + "/deliveries/" + runner.post(webhook + "/test").data("id");
  }
}

package dev.baton.app.architecture;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What breaks a rule today, each by a part of the rule's report. May only shrink. */
final class Known {
  private static final Map<String, Set<String>> VIOLATIONS =
      Map.of(
          "5 the runner's resources reach down only",
          Set.of(
              "http.in.runner.operations.MetricRoutes.",
              "http.in.runner.operations.OperatorRoutes.",
              "http.in.runner.operations.StatusRoutes.",
              "http.in.runner.webhook.WebhookDocs."),
          "9 classes of a package have no cycles",
          Stream.of(
                  rings("app.config", "ModelConfig", "ProviderConfig", "Rules"),
                  rings("cli.process", "Heartbeat", "ProgramWorker"),
                  rings("cli.run", "CsvRows", "JsonlRows", "RowSource"),
                  rings("core.client", "TaskClient", "TaskView"),
                  rings("core.usecase.batch", "BatchCheck", "BatchImport", "BatchMoves", "Batches"),
                  rings("http.in.json", "JsonReader", "JsonScalars", "JsonShape", "JsonValues"),
                  rings("http.in.runner.schedule", "ScheduleDocs", "ScheduleRoutes"),
                  rings("http.in.runner.task", "TaskActions", "TaskRoutes", "UpdateTask"),
                  rings(
                      "http.in.transport",
                      "BodyReader",
                      "BodySpool",
                      "Call",
                      "Chain",
                      "ClientWatch",
                      "LingeringClose",
                      "ReplySender",
                      "RequestGate",
                      "StreamSender",
                      "WireConduit"),
                  rings("http.out.client", "BatchWire", "HttpBatchClient"),
                  rings("persistence.file", "FileBatches", "FileOutput"))
              .flatMap(Set::stream)
              .collect(toSet()),
          "11 a type is public where another package uses it",
          Set.of("http.in.runner.task.CreateTask"),
          "11 a package is small",
          Set.of("cli.run has", "cli.shared has", "http.in.bridge has"));

  private Known() {}

  static Set<String> of(Rule rule) {
    return VIOLATIONS.getOrDefault(rule.name(), Set.of());
  }

  private static Set<String> rings(String room, String... types) {
    return Stream.of(types).map(type -> room + "." + type + " is in a ring").collect(toSet());
  }
}

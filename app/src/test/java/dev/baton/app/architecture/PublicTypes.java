package dev.baton.app.architecture;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * The adapters' public types, by their names under the root. Each is a promise to another package:
 * to add one is a decision, and shows here.
 */
final class PublicTypes {
  /** What the wiring hands in or takes out. */
  private static final Set<String> ENTRY =
      Set.of(
          "cli.Cli",
          "http.in.bridge.BridgeDialect",
          "http.in.bridge.BridgeSettings",
          "http.in.runner.Machine",
          "http.in.runner.RunnerDialect",
          "http.in.runner.RunnerSettings",
          "http.in.openapi.ApiInfo",
          "http.in.openapi.DocsDialect",
          "http.in.openapi.OpenApiDocument",
          "http.in.openapi.OpenApiVersion",
          "http.in.ops.Depths",
          "http.in.ops.OpsDialect",
          "http.in.ops.OpsSources",
          "http.in.ops.Readiness",
          "http.out.client.HttpAdminServer",
          "http.out.client.HttpBatchServer",
          "http.out.client.HttpScheduleServer",
          "http.out.client.HttpWebhookServer",
          "http.out.client.HttpWorkServer",
          "http.out.webhook.HttpWebhookSender",
          "persistence.RawLimit",
          "persistence.file.FileBatches",
          "persistence.SqlStores",
          "persistence.StoreOptions");

  /** What a dialect is written with, and how a server is set up. */
  private static final Set<String> SERVER =
      Set.of(
          "http.in.server.Background",
          "http.in.server.Cors",
          "http.in.server.Dialect",
          "http.in.server.FieldError",
          "http.in.server.FieldErrors",
          "http.in.server.Handler",
          "http.in.server.HttpServer",
          "http.in.server.Json",
          "http.in.server.JsonShape",
          "http.in.server.JsonValues",
          "http.in.server.Refusals",
          "http.in.server.Reply",
          "http.in.server.Request",
          "http.in.server.Route",
          "http.in.server.RouteDoc",
          "http.in.server.Schemas",
          "http.in.server.ServerStats",
          "http.in.server.StreamWriter",
          "http.in.server.Timeouts",
          "http.in.server.TransportRefusal");

  /** Calling others. */
  private static final Set<String> UPSTREAM =
      Set.of(
          "http.out.model.ModelRouter",
          "http.out.model.ProviderSettings",
          "http.out.upstream.BodySink",
          "http.out.upstream.Network",
          "http.out.upstream.OutboundRules",
          "http.out.upstream.OutboundUrls",
          "http.out.upstream.UpstreamCall",
          "http.out.upstream.UpstreamClient",
          "http.out.upstream.UpstreamHeaders",
          "http.out.upstream.UpstreamLimits",
          "http.out.upstream.UpstreamOutcome",
          "http.out.upstream.UpstreamReply",
          "http.out.upstream.UpstreamRequest");

  /** Across the packages of one adapter. */
  private static final Set<String> STORE =
      Set.of(
          "persistence.sql.Backlog",
          "persistence.sql.RawCycles",
          "persistence.sql.SqliteMaintenance",
          "persistence.sql.SqliteOpener",
          "persistence.sql.SqliteStore");

  /** What commands are written with. */
  private static final Set<String> COMMAND_PARTS =
      Set.of(
          "cli.batch.BatchCommands",
          "cli.schedule.ScheduleCommands",
          "cli.webhook.WebhookCommands",
          "cli.process.WorkLog",
          "cli.process.WorkOptions",
          "cli.process.WorkerPool",
          "cli.queue.QueueCommands",
          "cli.shared.Batches",
          "cli.shared.BatchOptions",
          "cli.shared.PageOption",
          "cli.shared.CliContext",
          "cli.shared.CommandFailure",
          "cli.shared.Consent",
          "cli.shared.ExitCodes",
          "cli.shared.Failures",
          "cli.shared.FileOption",
          "cli.shared.Group",
          "cli.shared.Jsons",
          "cli.shared.Patience",
          "cli.shared.Queues",
          "cli.shared.ServerCommand",
          "cli.shared.StopSignal",
          "cli.shared.Surroundings",
          "cli.shared.Table",
          "cli.shared.Talk",
          "cli.shared.Target",
          "cli.shared.Texts",
          "cli.shared.Toolbox",
          "cli.shared.Values",
          "cli.shared.Watch",
          "cli.shared.Where",
          "cli.task.TaskCommands",
          "cli.task.TaskJson");

  private PublicTypes() {}

  /** Commands are public for the root command, one class for each, and need no line here. */
  static boolean isListed(String name) {
    return ENTRY.contains(name)
        || SERVER.contains(name)
        || UPSTREAM.contains(name)
        || STORE.contains(name)
        || COMMAND_PARTS.contains(name)
        || name.matches("cli\\.[a-z]+\\.[A-Za-z]+Command");
  }

  static Set<String> all() {
    return ImmutableSet.<String>builder()
        .addAll(ENTRY)
        .addAll(SERVER)
        .addAll(UPSTREAM)
        .addAll(STORE)
        .addAll(COMMAND_PARTS)
        .build();
  }
}

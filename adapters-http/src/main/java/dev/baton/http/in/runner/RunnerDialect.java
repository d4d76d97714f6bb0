package dev.baton.http.in.runner;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.SharedRefusals;
import dev.baton.http.in.api.Strictness;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.runner.batch.BatchRoutes;
import dev.baton.http.in.runner.operations.MetricRoutes;
import dev.baton.http.in.runner.operations.OperatorRoutes;
import dev.baton.http.in.runner.operations.StatusRoutes;
import dev.baton.http.in.runner.schedule.ScheduleRoutes;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Docs;
import dev.baton.http.in.runner.shared.Envelope;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.runner.task.TaskRoutes;
import dev.baton.http.in.runner.webhook.WebhookRoutes;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialect's routes over one {@link Baton}, whose use cases they call and which stays the
 * caller's to close. Thread-safe.
 */
public final class RunnerDialect implements Dialect {
  /** Baton's own word, for its own clients: this dialect's is in the body. */
  private static final String CODE_HEADER = "X-Baton-Code";

  private final List<Route> routes;
  private final Refusals refusals;
  private final Strictness strictness;

  public RunnerDialect(Baton baton, RunnerSettings settings, BatchFiles files) {
    Envelope envelope = new Envelope(baton::wallTime);
    refusals = new Refusals(envelope);
    strictness = new Strictness(settings.strict());
    Bodies bodies = new Bodies(strictness);
    RunnerContext kit = new RunnerContext(baton, settings, files, envelope, bodies);
    List<Route> all = new ArrayList<>();
    all.addAll(new TaskRoutes(kit).routes());
    all.addAll(new BatchRoutes(kit).routes());
    all.addAll(new ScheduleRoutes(kit).routes());
    all.addAll(new WebhookRoutes(kit).routes());
    all.addAll(new MetricRoutes(kit).routes());
    all.addAll(new StatusRoutes(kit).routes());
    all.addAll(new OperatorRoutes(kit).routes());
    Repeatable repeatable = new Repeatable(baton.replays());
    routes = all.stream().map(repeatable::around).map(Documented::route).toList();
  }

  @Override
  public String name() {
    return "runner";
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Strictness strictness() {
    return strictness;
  }

  @Override
  public String prefix() {
    return RunnerContext.PREFIX;
  }

  @Override
  public SharedRefusals sharedRefusals() {
    return Docs.SHARED_REFUSALS;
  }

  @Override
  public Reply refusal(BatonException refused) {
    return refusals.of(refused).withHeader(CODE_HEADER, refused.code().name());
  }

  @Override
  public Reply refusal(TransportRefusal refused) {
    return refusals.of(refused);
  }

  @Override
  public Reply failure(String errorId) {
    return refusals.failure(errorId);
  }
}

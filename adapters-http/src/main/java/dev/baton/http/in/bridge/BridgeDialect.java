package dev.baton.http.in.bridge;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.SharedRefusals;
import dev.baton.http.in.api.Strictness;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialect's routes over one {@link Baton}, whose use cases they call and which stays the
 * caller's to close. Thread-safe.
 */
public final class BridgeDialect implements Dialect {
  private final Strictness strictness;
  private final List<Route> routes;

  public BridgeDialect(Baton baton, BridgeSettings settings) {
    PromptReader prompts = new PromptReader(baton::wallTime, settings.retry());
    int leaseMax = settings.leaseSecondsMax();
    PutPrompt put = new PutPrompt(baton.submissions(), baton.tasks(), prompts);
    PostResponse post = new PostResponse(baton.settling());
    TaskReads reads = new TaskReads(baton.tasks(), baton.insight());
    List<Route> all = new ArrayList<>();
    all.add(put.one());
    all.add(new GetPrompt(baton.leasing(), baton.models(), leaseMax).route());
    all.add(post.one());
    all.add(put.several());
    all.add(post.several());
    all.addAll(new LeaseRoutes(baton.leasedWork(), baton.settling(), leaseMax).routes());
    all.addAll(List.of(reads.getResponse(), reads.getChunks(), reads.getTask(), reads.listTasks()));
    all.addAll(new TaskChanges(baton.control()).routes());
    strictness = new Strictness(settings.strict());
    routes = all.stream().map(this::strict).map(Docs::documented).toList();
  }

  private Route strict(Route route) {
    return route.handler() instanceof Bodies.Posting posting
        ? route.withHandler(posting.under(strictness))
        : route;
  }

  @Override
  public Strictness strictness() {
    return strictness;
  }

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public SharedRefusals sharedRefusals() {
    return Docs.SHARED_REFUSALS;
  }

  @Override
  public Reply refusal(BatonException refused) {
    return Refusals.of(refused);
  }
}

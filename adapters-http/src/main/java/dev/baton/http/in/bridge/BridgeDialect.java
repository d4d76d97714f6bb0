package dev.baton.http.in.bridge;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Route;
import java.util.List;

/**
 * The dialect's routes over one {@link Baton}, whose use cases they call and which stays the
 * caller's to close. Thread-safe.
 */
public final class BridgeDialect implements Dialect {
  private final List<Route> routes;

  public BridgeDialect(Baton baton, BridgeSettings settings) {
    PromptReader prompts = new PromptReader(baton.insight(), settings.retry());
    int leaseMax = settings.leaseSecondsMax();
    List<Route> all =
        List.of(
            new PutPrompt(baton.submissions(), baton.tasks(), prompts).route(),
            new GetPrompt(baton.leasing(), leaseMax).route(),
            new PostResponse(baton.settling()).route(),
            new PutPrompts(baton.submissions(), prompts).route(),
            new PostResponses(baton.settling()).route(),
            new ExtendLease(baton.holding(), leaseMax).route(),
            new ReleasePrompt(baton.settling()).route(),
            new FailPrompt(baton.settling()).route(),
            new AppendChunks(baton.holding()).route(),
            new GetResponse(baton.tasks(), baton.insight()).route(),
            new GetChunks(baton.tasks()).route(),
            new GetTask(baton.tasks(), baton.insight()).route(),
            new ListTasks(baton.tasks()).route(),
            new CancelTask(baton.control()).route(),
            new RedriveTask(baton.control()).route(),
            new EditTask(baton.control()).route());
    routes = settings.strict() ? all.stream().map(BridgeDialect::strictly).toList() : all;
  }

  private static Route strictly(Route route) {
    return route.handler() instanceof Bodies.Posting posting
        ? route.withHandler(posting.strictly())
        : route;
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
  public Reply refusal(BatonException refused) {
    return Refusals.of(refused);
  }
}

package dev.baton.core.usecase.model;

import com.google.common.collect.Sets;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.port.TaskRows;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.Leasing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes work, in rounds: each tenant's share of the room is fixed when a round begins, and the next
 * one begins when all leases of the last are answered, so no place is promised twice. Within its
 * share a tenant's models are asked for together where each has room for all of it; those with less
 * are asked for one by one, because a common list could bring too many of one.
 *
 * <p>For one thread at a time: answers come back through {@code inbox}.
 */
final class LeaseFetcher {
  /** How often it looks for ready tasks that no hint told of. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final int TENANTS_MAX = 1_000;

  private final Leasing leasing;
  private final Models models;
  private final ExecutorSettings settings;
  private final Slots slots;
  private final Consumer<Runnable> inbox;
  private final Consumer<LeasedTask> begin;

  /** Those for whom something may be ready, in the order of their turns. */
  private final LinkedHashSet<TenantId> tenants = new LinkedHashSet<>();

  private Instant nextLook = Instant.EPOCH;
  private boolean looking;
  private int awaited;
  private int turn;

  /**
   * @param begin is given each task that was leased
   */
  LeaseFetcher(
      ExecutorParts parts,
      ExecutorSettings settings,
      Slots slots,
      Consumer<Runnable> inbox,
      Consumer<LeasedTask> begin) {
    this.leasing = parts.leasing();
    this.models = parts.models();
    this.settings = settings;
    this.slots = slots;
    this.inbox = inbox;
    this.begin = begin;
  }

  /** Something may be ready for this tenant. */
  void hint(TenantId tenant) {
    if (tenants.size() < TENANTS_MAX) {
      tenants.add(tenant);
    }
  }

  /** Whether leases are under way. */
  boolean isAsking() {
    return awaited > 0;
  }

  /** Begins a round, if the last one is over and there is room; {@code most} tasks at most. */
  void step(Instant now, int most) {
    if (!nextLook.isAfter(now) && !looking) {
      nextLook = now.plus(LOOK);
      look();
    }
    if (awaited > 0 || tenants.isEmpty()) {
      return;
    }
    int room = Math.min(slots.room(), most);
    Set<ModelName> paused = models.pausedNames();
    for (TenantId tenant : List.copyOf(tenants)) {
      if (room <= 0) {
        return;
      }
      int share = Math.min(room, slots.room(tenant));
      if (share > 0) {
        tenants.remove(tenant);
        room -= share;
        ask(tenant, share, paused);
      }
    }
  }

  private void look() {
    looking = true;
    var unused =
        leasing
            .readyTenants("", TENANTS_MAX)
            .whenComplete(
                (found, error) ->
                    inbox.accept(
                        () -> {
                          looking = false;
                          if (error == null) {
                            found.forEach(this::hint);
                          }
                        }));
  }

  /** Some models, and how many tasks of theirs to take at most. */
  private record Share(ModelFilter filter, Set<ModelName> evenPaused, int max) {}

  /** Asks for one tenant, for {@code share} tasks at most: one group of models after the other. */
  private void ask(TenantId tenant, int share, Set<ModelName> paused) {
    List<Share> shares =
        models.offered().isEmpty() ? anyModel(share, paused) : offered(share, paused);
    // Each group is first in turn, so that none takes all the places for ever.
    Collections.rotate(shares, turn++);
    askNext(tenant, shares.iterator(), share);
  }

  private void askNext(TenantId tenant, Iterator<Share> shares, int left) {
    if (left == 0) {
      hint(tenant);
    } else if (shares.hasNext()) {
      Share next = shares.next();
      lease(tenant, next, Math.min(next.max(), left), shares, left);
    }
  }

  private List<Share> anyModel(int share, Set<ModelName> paused) {
    Set<ModelName> out = new HashSet<>(paused);
    out.addAll(slots.full().keySet());
    boolean unnamed = models.preferred().filter(out::contains).isEmpty();
    List<Share> one = new ArrayList<>();
    one.add(new Share(new ModelFilter(ModelFilter.Kind.ALL_BUT, out, unnamed), Set.of(), share));
    return one;
  }

  private List<Share> offered(int share, Set<ModelName> paused) {
    List<Share> shares = new ArrayList<>();
    Set<ModelName> roomy = new HashSet<>();
    for (ModelName model : models.routes().names()) {
      int room = slots.room(models.routes().route(model), paused);
      if (room >= share) {
        roomy.add(model);
      } else if (room > 0) {
        shares.add(share(Set.of(model), paused, room));
      }
    }
    if (!roomy.isEmpty()) {
      shares.add(share(roomy, paused, share));
    }
    return shares;
  }

  private Share share(Set<ModelName> names, Set<ModelName> paused, int max) {
    boolean unnamed = models.preferred().filter(names::contains).isPresent();
    // Whoever is paused and named here all the same has somebody who answers in his place.
    return new Share(
        ModelFilter.only(names, unnamed), Sets.intersection(names, paused).immutableCopy(), max);
  }

  private void lease(TenantId tenant, Share share, int room, Iterator<Share> others, int left) {
    int max = Math.min(room, Leasing.BATCH_MAX);
    LeaseRequest ask =
        new LeaseRequest(
            tenant,
            settings.queues(),
            share.filter(),
            share.evenPaused(),
            settings.worker(),
            settings.lease(),
            max,
            TaskRows.ANY_LENGTH);
    awaited++;
    var unused =
        leasing
            .lease(ask)
            .whenComplete(
                (leased, error) ->
                    inbox.accept(
                        () -> {
                          awaited--;
                          // A refused one is asked for again by the next look.
                          if (error == null) {
                            leased(ask, leased);
                            askNext(tenant, others, left - leased.size());
                          }
                        }));
  }

  private void leased(LeaseRequest ask, List<LeasedTask> leased) {
    if (leased.size() == ask.max()) {
      hint(ask.tenant());
    }
    leased.forEach(begin);
  }
}

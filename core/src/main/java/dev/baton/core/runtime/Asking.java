package dev.baton.core.runtime;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.usecase.Leasing;
import dev.baton.core.usecase.Models;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes work, in rounds: one lease per tenant and group of models that have room, all at once, and
 * the next round when all are answered. So no place is promised twice. Models with less room than
 * there is in all are asked for one by one, because a common list could bring too many of one.
 *
 * <p>For one thread at a time: answers come back through {@code inbox}.
 */
final class Asking {
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
  Asking(
      Executor.Parts parts,
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
        room -= ask(tenant, share, paused);
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
  private record Share(ModelFilter filter, int max) {}

  /** Asks for one tenant; returns how many tasks may come of it. */
  private int ask(TenantId tenant, int share, Set<ModelName> paused) {
    List<Share> shares =
        models.offered().isEmpty() ? anyModel(share, paused) : offered(share, paused);
    turn++;
    int left = share;
    for (int i = 0; i < shares.size(); i++) {
      Share next = shares.get((i + turn) % shares.size());
      int max = Math.min(Math.min(next.max(), left), Leasing.BATCH_MAX);
      if (max == 0) {
        hint(tenant);
        break;
      }
      left -= max;
      lease(tenant, next.filter(), max, next.max());
    }
    return share - left;
  }

  private List<Share> anyModel(int share, Set<ModelName> paused) {
    Set<ModelName> out = new HashSet<>(paused);
    out.addAll(slots.full().keySet());
    boolean unnamed = models.preferred().filter(out::contains).isEmpty();
    return List.of(new Share(new ModelFilter(ModelFilter.Kind.ALL_BUT, out, unnamed), share));
  }

  private List<Share> offered(int share, Set<ModelName> paused) {
    List<Share> shares = new ArrayList<>();
    Set<ModelName> roomy = new HashSet<>();
    for (ModelSpec spec : models.offered()) {
      ModelName model = spec.name();
      int room = paused.contains(model) ? 0 : slots.room(model);
      if (room >= share) {
        roomy.add(model);
      } else if (room > 0) {
        shares.add(new Share(only(Set.of(model)), room));
      }
    }
    if (!roomy.isEmpty()) {
      shares.add(new Share(only(roomy), share));
    }
    return shares;
  }

  private ModelFilter only(Set<ModelName> names) {
    return ModelFilter.only(names, models.preferred().filter(names::contains).isPresent());
  }

  private void lease(TenantId tenant, ModelFilter filter, int max, int room) {
    awaited++;
    var unused =
        leasing
            .lease(
                new Leasing.Ask(
                    tenant, settings.queues(), filter, settings.worker(), settings.lease(), max))
            .whenComplete(
                (leased, error) ->
                    inbox.accept(() -> leased(tenant, max, room, Optional.ofNullable(leased))));
  }

  /** A refused lease is asked for again by the next look. */
  private void leased(TenantId tenant, int max, int room, Optional<List<LeasedTask>> leased) {
    awaited--;
    leased.ifPresent(
        tasks -> {
          if (tasks.size() == max || max < room) {
            hint(tenant);
          }
          tasks.forEach(begin);
        });
  }
}

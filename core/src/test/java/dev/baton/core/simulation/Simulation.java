package dev.baton.core.simulation;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Gate;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.LeaseRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One run: a storm of some minutes, then calm, in which everything must come to its end. */
final class Simulation {
  private static final List<QueueName> QUEUES = List.of(QueueName.DEFAULT, new QueueName("print"));
  private static final List<GateId> GATES = List.of(new GateId("batch:1"), new GateId("turn:1"));
  private static final int STORM_MILLIS = 240_000;
  private static final int CALM_ROUNDS_MAX = 100;

  private final Verdict verdict = new Verdict();
  private final FaultyStore store;
  private final Scene scene;
  private final Audit audit;

  private Simulation(long seed, PlantedFault fault, boolean recording) {
    Random random = new Random(seed);
    Weather weather = new Weather(random);
    ManualClock clock = new ManualClock();
    Agenda agenda = new Agenda(clock);
    InMemoryStore memory = new InMemoryStore();
    store = new FaultyStore(fault.in(memory), weather);
    audit = new Audit(memory, verdict, GATES);
    Referee referee = new Referee(verdict);
    Server.Manner manner = new Server.Manner(new Random(seed + 1), fault, recording);
    Server server = new Server(store, clock, referee, audit, manner);
    Network network = new Network(agenda, weather);
    scene = new Scene(QUEUES, GATES, clock, weather, agenda, network, referee, server);
  }

  /** What rule the run breaks, if any. */
  static Optional<Verdict.Breach> run(long seed, PlantedFault fault) {
    return new Simulation(seed, fault, false).run();
  }

  /** Everything that was asked and answered in a run, and its log: equal for equal seeds. */
  static List<String> record(long seed) {
    Simulation simulation = new Simulation(seed, PlantedFault.NONE, true);
    List<String> record = new ArrayList<>();
    record.add(simulation.run().toString());
    record.addAll(simulation.scene.server().recorded());
    simulation.audit.log().stream().map(LoggedEvent::toString).forEach(record::add);
    return record;
  }

  private Optional<Verdict.Breach> run() {
    storm();
    calm();
    return verdict.first();
  }

  private void storm() {
    Weather weather = scene.weather();
    for (int i = 0; i <= weather.upTo(2); i++) {
      new Client("client" + i, scene).submitWithin(STORM_MILLIS / 2, 3 + weather.upTo(8));
    }
    for (int i = 0; i <= weather.upTo(6); i++) {
      WorkerId id = new WorkerId("worker" + i);
      List<QueueName> queues = i == 0 ? QUEUES : List.of(weather.oneOf(QUEUES));
      new Worker(id, queues, scene).begin();
    }
    GATES.forEach(gate -> open(gate, weather.upTo(3), gate.value().startsWith("turn")));
    operate();
    sweep();
    var end = scene.clock().instant().plusMillis(STORM_MILLIS);
    while (verdict.first().isEmpty()
        && scene.clock().instant().isBefore(end)
        && scene.agenda().step()) {
      audit.checkRows();
    }
  }

  private void open(GateId gate, int limit, boolean ordered) {
    for (int tries = 0; tries < 100; tries++) {
      if (!scene.server().setGate(gate, limit, ordered).isCompletedExceptionally()) {
        return;
      }
    }
  }

  /** The operator's hand: restarts, pauses, and gates that change. */
  private void operate() {
    Weather weather = scene.weather();
    scene
        .agenda()
        .after(
            weather.millis(30_000),
            () -> {
              if (weather.happens(weather.serverRestarts)) {
                scene.server().restart();
              }
              if (weather.happens(weather.operatorMeddles)) {
                meddle();
              }
              operate();
            });
  }

  private void meddle() {
    Weather weather = scene.weather();
    QueueName queue = weather.oneOf(QUEUES);
    switch (weather.upTo(3)) {
      case 0 -> scene.server().pause(queue);
      case 1 -> {
        var unused = scene.server().resume(queue);
      }
      default -> {
        var unused = scene.server().setGate(weather.oneOf(GATES), weather.upTo(4), false);
      }
    }
  }

  private void sweep() {
    scene
        .agenda()
        .after(
            scene.weather().millis(6_000),
            () -> {
              if (scene.server().tick()) {
                audit.checkNothingIsDue(scene.clock().instant());
              }
              sweep();
            });
  }

  /** Nothing fails any more, and one honest worker is left. */
  private void calm() {
    store.heal();
    scene.agenda().clear();
    scene.server().restart();
    QUEUES.forEach(queue -> scene.server().resume(queue).join());
    GATES.forEach(gate -> scene.server().setGate(gate, Gate.UNLIMITED, false).join());
    for (int round = 0; round < CALM_ROUNDS_MAX && verdict.first().isEmpty(); round++) {
      if (!anyoneWaits()) {
        break;
      }
      scene.clock().advance(Duration.ofSeconds(20));
      scene.server().tick();
      audit.checkNothingIsDue(scene.clock().instant());
      workHonestly();
      audit.checkRows();
    }
    checkTheEnd();
  }

  private boolean anyoneWaits() {
    return audit.all().stream().anyMatch(row -> !row.state().isTerminal());
  }

  private void workHonestly() {
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT, QUEUES, new WorkerId("honest"), Duration.ofSeconds(60), 100);
    for (LeasedTask task : scene.server().lease(ask, Duration.ZERO).join()) {
      Completion answer = Completion.of("honest answer to " + task.leaseId());
      scene.server().settle(Settlement.Complete.of(task.leaseId(), answer)).join();
    }
  }

  private void checkTheEnd() {
    Set<String> seen = new HashSet<>();
    List<TaskRow> rows = audit.all();
    for (TaskRow row : rows) {
      scene.server().show(row.id());
      String text = audit.promptOf(row).text();
      verdict.check(seen.add(text), Rule.DUPLICATE, "%s is there twice", text);
      verdict.check(row.state().isTerminal(), Rule.LOST, "%s never ends", row);
    }
    for (Referee.Request request : scene.referee().requests()) {
      verdict.check(
          request.id == null || rows.stream().anyMatch(row -> row.id().equals(request.id)),
          Rule.LOST,
          "%s was acknowledged and is gone",
          String.valueOf(request.id));
    }
    audit.checkLog();
  }
}

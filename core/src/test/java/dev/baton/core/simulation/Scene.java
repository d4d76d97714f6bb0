package dev.baton.core.simulation;

import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.testing.ManualClock;
import java.util.List;

/** What everybody in a run has to do with. */
record Scene(
    List<QueueName> queues,
    List<GateId> gates,
    ManualClock clock,
    Weather weather,
    Agenda agenda,
    Network network,
    Referee referee,
    Server server) {}

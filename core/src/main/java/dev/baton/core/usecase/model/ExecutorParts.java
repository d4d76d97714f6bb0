package dev.baton.core.usecase.model;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.ModelClient;
import dev.baton.core.usecase.task.LeasedWork;
import dev.baton.core.usecase.task.Leasing;
import dev.baton.core.usecase.task.Settling;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * What the executor works with.
 *
 * @param onAlert is told of a pause that people should look at, such as for a key that is refused,
 *     and of the fault it was made for; of one model once in a minute, on the executor's thread
 */
public record ExecutorParts(
    ModelClient client,
    Models models,
    Leasing leasing,
    LeasedWork leasedWork,
    Settling settling,
    WorkerPresence askers,
    InstantSource clock,
    BiConsumer<ModelFault, ModelPause> onAlert) {
  public ExecutorParts {
    requireNonNull(client, "client");
    requireNonNull(models, "models");
    requireNonNull(leasing, "leasing");
    requireNonNull(leasedWork, "leasedWork");
    requireNonNull(settling, "settling");
    requireNonNull(askers, "askers");
    requireNonNull(clock, "clock");
    requireNonNull(onAlert, "onAlert");
  }
}

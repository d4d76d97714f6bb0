package dev.baton.core;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.Store;
import dev.baton.core.runtime.Executor;
import dev.baton.core.runtime.ExecutorSettings;
import dev.baton.core.usecase.Askers;
import dev.baton.core.usecase.Models;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes what a {@link Baton} has only when it is given models. */
final class RuntimeParts {
  private static final ModelName ANY_MODEL = new ModelName("default");

  private RuntimeParts() {}

  static Models models(
      Store store,
      InstantSource clock,
      Optional<ModelClient> client,
      @Nullable ModelName defaultModel,
      Askers askers) {
    List<ModelSpec> offered = client.map(ModelClient::models).orElse(List.of());
    Optional<ModelName> preferred = Optional.ofNullable(defaultModel);
    if (client.isPresent() && offered.isEmpty()) {
      // Any name is taken, so one is as good as another.
      preferred = preferred.or(() -> Optional.of(ANY_MODEL));
    }
    return new Models(store, clock, offered, preferred, askers);
  }

  /** Listens to the store from now on; absent when it is turned off. */
  static Optional<Executor> executor(
      Store store, Executor.Parts parts, @Nullable ExecutorSettings chosen) {
    if (chosen == null) {
      return Optional.empty();
    }
    Executor made = new Executor(parts, chosen);
    store.addReadyListener(made);
    store.addEventListener(made);
    return Optional.of(made);
  }
}

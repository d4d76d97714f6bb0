package dev.baton.core;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.Store;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.runtime.SteadyClock;
import dev.baton.core.runtime.UnguessableRandom;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.core.usecase.schedule.RunFormat;
import dev.baton.core.usecase.task.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the builder was told, with the defaults of what it was not. Not thread-safe. */
final class BatonOptions {
  final Store store;
  InstantSource clock = new SteadyClock(Instant.EPOCH);
  @Nullable InstantSource calendar;
  RandomGenerator random = new UnguessableRandom();
  Settings settings = Settings.DEFAULT;
  BatchFiles files = NoBatchFiles.INSTANCE;
  RunFormat runFormat = NoBatchFiles.INSTANCE;
  Consumer<BatonException> onSweepRefused = refusal -> {};
  Consumer<ModelPause> onAlert = pause -> {};
  @Nullable ModelClient client;
  @Nullable ModelName defaultModel;
  @Nullable WebhookSender sender;
  @Nullable ExecutorSettings executor = ExecutorSettings.DEFAULT;

  /** What people and calendars go by; whoever brings one clock brings both. */
  InstantSource calendar() {
    return calendar == null ? clock : calendar;
  }

  BatonOptions(Store store) {
    this.store = requireNonNull(store, "store");
  }
}

package dev.baton.app.crash;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Answers any model after a while, and notes each call in a file before it begins. */
public final class SlowModels implements ModelClient {
  private final Path journal;
  private final Duration answer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "slow-models");
            thread.setDaemon(true);
            return thread;
          });

  public SlowModels(Path journal, Duration answer) {
    this.journal = journal;
    this.answer = answer;
  }

  @Override
  public List<ModelSpec> models() {
    return List.of();
  }

  @Override
  public boolean serves(ModelName model) {
    return true;
  }

  @Override
  public Call ask(ModelRequest request, Consumer<String> onPiece) {
    try {
      Files.writeString(
          journal, request.id() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SlowCall call = new SlowCall(new CompletableFuture<>());
    var unused =
        timer.schedule(
            () ->
                call.outcome.complete(
                    new ModelOutcome.Answered(Completion.of(request.prompt().text()))),
            answer.toMillis(),
            TimeUnit.MILLISECONDS);
    return call;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private record SlowCall(CompletableFuture<ModelOutcome> outcome) implements Call {
    @Override
    public void abort() {
      outcome.complete(new ModelOutcome.Refused(ModelFault.ABORTED, "given up", Optional.empty()));
    }
  }
}

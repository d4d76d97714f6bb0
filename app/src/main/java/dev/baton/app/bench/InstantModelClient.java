package dev.baton.app.bench;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Repeats the prompt at once, whatever the model: what is measured is the executor around it. */
final class InstantModelClient implements ModelClient {

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
    Completion answer = Completion.of(request.prompt().text());
    return new Said(CompletableFuture.completedFuture(new ModelOutcome.Answered(answer)));
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private record Said(CompletableFuture<ModelOutcome> outcome) implements Call {
    @Override
    public void abort() {
      // It is over already.
    }
  }
}

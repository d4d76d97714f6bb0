package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.FakeModelClient.Hangs;
import dev.baton.core.testing.FakeModelClient.Says;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract too: what is tested with it is tested with a model client. */
final class FakeModelClientTest extends ModelClientContract {

  @Override
  protected ModelClient createClient() {
    return new FakeModelClient(FakeModelClient.model(MODEL.value(), 4));
  }

  @Override
  protected ModelClient createSilentClient() {
    FakeModelClient silent = new FakeModelClient(FakeModelClient.model(MODEL.value(), 4));
    silent.otherwise(new Hangs());
    return silent;
  }

  @Test
  void script_ofAModel_goesBeforeTheOneForAll_andThenItIsOtherwise() {
    ModelName other = new ModelName("other");
    try (FakeModelClient fake = new FakeModelClient()) {
      fake.script(new Says("for ", "all"));
      fake.script(other, FakeModelClient.refuses(ModelFault.RATE_LIMITED, Duration.ofSeconds(3)));

      assertThat(ask(fake, other)).isInstanceOf(ModelOutcome.Refused.class);
      assertThat(text(ask(fake, other))).isEqualTo("for all");
      assertThat(text(ask(fake, MODEL))).isEqualTo("hello");
      assertThat(fake.calls())
          .extracting(call -> call.request().model().value())
          .containsExactly("other", "other", MODEL.value());
      assertThat(fake.mostAtOnce()).isEqualTo(1);
    }
  }

  @Test
  void hangingCall_isEndedByTheTest() {
    try (FakeModelClient fake = new FakeModelClient()) {
      fake.script(new Hangs());
      ModelClient.Call call =
          fake.ask(new ModelRequest("1", MODEL, Prompt.of("hello")), piece -> {});

      assertThat(fake.open()).hasSize(1);
      fake.open().get(0).answer("at last");

      assertThat(text(call.outcome().join())).isEqualTo("at last");
      assertThat(fake.open()).isEmpty();
      assertThat(fake.calls().get(0).isAborted()).isFalse();
    }
  }

  private static ModelOutcome ask(FakeModelClient fake, ModelName model) {
    return fake.ask(new ModelRequest("1", model, Prompt.of("hello")), piece -> {}).outcome().join();
  }

  private static String text(ModelOutcome outcome) {
    return Optional.of(outcome)
        .map(ModelOutcome.Answered.class::cast)
        .orElseThrow()
        .completion()
        .content();
  }
}

package dev.baton.core.usecase.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelFilter;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.task.LeaseRequest;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Which models there are, who answers for others, what a prompt costs, and how long pauses last.
 */
final class ModelsTest {
  private static final ModelName PRICED = new ModelName("priced");
  private static final ModelName FREE = new ModelName("free");
  private static final ModelName FOREIGN = new ModelName("foreign");

  private final ManualClock clock = new ManualClock();
  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(clock)
          .models(
              new FakeModelClient(
                  new ModelSpec(
                      PRICED,
                      "fake",
                      4,
                      OptionalInt.of(1_000),
                      List.of(FREE),
                      OptionalDouble.of(2),
                      OptionalDouble.of(8)),
                  FakeModelClient.model("free", 4)))
          .build();
  private final Models models = baton.models();

  @Test
  void check_takesWhatIsOffered_andWhatAWorkerAskedForLately() {
    models.check(PRICED);
    assertThatThrownBy(() -> models.check(FOREIGN))
        .isInstanceOf(BatonException.class)
        .hasMessageContaining("priced, free")
        .extracting(refusal -> ((BatonException) refusal).code())
        .isEqualTo(ErrorCode.MODEL_NOT_SUPPORTED);

    askFor(FOREIGN);
    models.check(FOREIGN);
    clock.advance(WorkerPresence.MEMORY);

    assertThatThrownBy(() -> models.check(FOREIGN)).isInstanceOf(BatonException.class);
  }

  private void askFor(ModelName model) {
    LeaseRequest ask =
        new LeaseRequest(
            TenantId.DEFAULT,
            List.of(QueueName.DEFAULT),
            ModelFilter.only(Set.of(model), false),
            new WorkerId("w"),
            Duration.ofSeconds(60),
            1);
    assertThat(Baton.await(baton.leasing().lease(ask))).isEmpty();
  }

  @Test
  void check_withoutAList_takesAnyName() {
    try (Baton open = Baton.builder(new InMemoryStore()).clock(clock).build()) {
      open.models().check(FOREIGN);
      assertThat(open.models().chain(Optional.empty())).isEmpty();
    }
  }

  @Test
  void chain_isTheTasksModelOrTheFirst_thenItsFallbacks() {
    assertThat(models.chain(Optional.empty())).containsExactly(PRICED, FREE);
    assertThat(models.chain(Optional.of(FREE))).containsExactly(FREE);
    assertThat(models.chain(Optional.of(FOREIGN))).containsExactly(FOREIGN);
  }

  @Test
  void estimate_countsFourCharactersAToken_andTheLongestAnswer() {
    Models.Estimate estimate = models.estimate(Prompt.of("x".repeat(41)), Optional.empty());

    assertThat(estimate.promptTokens()).isEqualTo(11 + Models.FRAME_TOKENS);
    assertThat(estimate.completionTokens()).hasValue(1_000);
    assertThat(estimate.promptCost().orElseThrow()).isEqualTo(14 * 2 / 1e6, within(1e-12));
    assertThat(estimate.cost().orElseThrow()).isEqualTo((14 * 2 + 1_000 * 8) / 1e6, within(1e-12));
  }

  @Test
  void estimate_ofMessagesAndAnOwnBound_andWithoutAPrice() {
    Parameters asked =
        new Parameters(
            Optional.of(new Messages("[" + " ".repeat(78) + "]")),
            OptionalDouble.empty(),
            OptionalInt.of(7),
            Options.NONE,
            false);

    Models.Estimate estimate =
        models.estimate(new Prompt("label", Metadata.EMPTY, asked), Optional.of(FREE));

    assertThat(estimate.promptTokens()).isEqualTo(20 + Models.FRAME_TOKENS);
    assertThat(estimate.completionTokens()).hasValue(7);
    assertThat(estimate.cost()).isEmpty();
  }

  @Test
  void cost_isByTheTokensThatWereCounted() {
    assertThat(models.cost(PRICED, new Usage(1_000_000, 500_000, 1_500_000)).orElseThrow())
        .isEqualTo(6, within(1e-9));
    assertThat(models.cost(FREE, new Usage(1, 1, 2))).isEmpty();
    assertThat(models.cost(FOREIGN, new Usage(1, 1, 2))).isEmpty();
  }

  @Test
  void pause_isNotShortenedByAnother_andEndsByItself() {
    Baton.await(models.pause(PRICED, Duration.ofSeconds(30), "long"));
    Baton.await(models.pause(PRICED, Duration.ofSeconds(10), "short"));

    assertThat(models.paused()).extracting(ModelPause::reason).containsExactly("long");
    clock.advance(Duration.ofSeconds(29));
    assertThat(Baton.await(models.endPauses())).isZero();
    assertThat(models.pausedNames()).containsExactly(PRICED);
    clock.advance(Duration.ofSeconds(1));
    assertThat(models.paused()).isEmpty();
    assertThat(Baton.await(models.endPauses())).isEqualTo(1);
    assertThat(Baton.await(models.endPauses())).isZero();
  }
}

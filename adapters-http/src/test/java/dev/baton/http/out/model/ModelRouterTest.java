package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelClientContract;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ModelRouterTest extends ModelClientContract {
  private static final ModelName OTHER = new ModelName("other");

  @Override
  protected ModelClient createClient() {
    return new ModelRouter(List.of(echo(MODEL, Duration.ZERO)));
  }

  @Override
  protected ModelClient createSilentClient() {
    return new ModelRouter(List.of(echo(MODEL, Duration.ofDays(1))));
  }

  private static ModelClient echo(ModelName model, Duration delay) {
    return new EchoModelClient(List.of(Requests.spec(model)), delay);
  }

  @Test
  void requests_goToTheProviderOfTheirModel() throws Exception {
    try (ModelClient router =
        new ModelRouter(List.of(echo(MODEL, Duration.ofDays(1)), echo(OTHER, Duration.ZERO)))) {
      ModelClient.Call silent = router.ask(request("hi"), ModelClientContract::deaf);
      ModelRequest toOther = new ModelRequest("2", OTHER, Prompt.of("hi"));

      assertThat(
              answered(router.ask(toOther, ModelClientContract::deaf)).completion().modelAnswer())
          .map(ModelAnswer::model)
          .hasValue(OTHER);
      assertThat(silent.outcome()).isNotDone();
      assertThat(router.models()).extracting(ModelSpec::name).containsExactly(MODEL, OTHER);
    }
  }

  @Test
  void close_closesEachProvider() throws Exception {
    ModelRouter router =
        new ModelRouter(List.of(echo(MODEL, Duration.ofDays(1)), echo(OTHER, Duration.ZERO)));
    ModelClient.Call call = router.ask(request("hi"), ModelClientContract::deaf);

    router.close();

    assertThat(refused(call).fault()).isEqualTo(ModelFault.ABORTED);
  }

  @Test
  void oneModelOfTwoProviders_hasAnEntryForEach_andEachIsAskedForTheModel() throws Exception {
    ModelName second = new ModelName(MODEL + "@second");
    ModelClient two =
        new ModelRouter(List.of(echo("first", Duration.ofDays(1)), echo("second", Duration.ZERO)));

    assertThat(two.models())
        .extracting(ModelSpec::name)
        .containsExactly(new ModelName(MODEL + "@first"), second);
    assertThat(two.models()).extracting(ModelSpec::offeredAs).containsOnly(MODEL);
    assertThat(two.serves(MODEL)).isFalse();
    ModelRequest toSecond = new ModelRequest("2", second, Prompt.of("hi"));
    assertThat(answered(two.ask(toSecond, ModelClientContract::deaf)).completion().modelAnswer())
        .map(ModelAnswer::model)
        .hasValue(MODEL);
  }

  private static ModelClient echo(String provider, Duration delay) {
    ModelSpec spec =
        new ModelSpec(
            MODEL,
            provider,
            1,
            OptionalInt.empty(),
            List.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return new EchoModelClient(List.of(spec), delay);
  }

  @Test
  void oneModelTwiceOfOneProvider_isRefused() {
    List<ModelClient> two = List.of(echo(MODEL, Duration.ZERO), echo(MODEL, Duration.ZERO));

    assertThatThrownBy(() -> new ModelRouter(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(MODEL.value());
  }
}

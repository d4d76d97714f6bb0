package dev.baton.http.out.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.ProviderSettings.Kind;
import dev.baton.http.out.model.fault.FaultShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shape of the documented table is sent by a server, and taken for what the table says. */
final class FaultShapesTest {
  private final List<FakeProvider> providers = new ArrayList<>();

  @AfterEach
  void close() {
    providers.forEach(FakeProvider::close);
  }

  static Stream<FaultShape> shapes() throws IOException {
    return FaultShape.all();
  }

  private FakeProvider opened(FakeProvider provider) {
    providers.add(provider);
    return provider;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shape_isTakenForItsClass(FaultShape shape) throws Exception {
    assertThat(shape.source()).isNotBlank();
    Refused refused =
        opened(FakeProvider.answering(Kind.OPENAI, shape.status(), shape.body()))
            .refused(Requests.plain("hi"));

    assertThat(refused.fault()).isEqualTo(shape.fault());
    assertThat(refused.message()).matches("the provider answered [0-9a-zA-Z_: -]{2,70}");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shapeOfAStream_isTakenForItsClass(FaultShape shape) throws Exception {
    if (shape.isInAnswer()) {
      String events =
          FakeProvider.events("{\"choices\":[{\"delta\":{\"content\":\"half\"}}]}", shape.body());

      assertThat(
              opened(FakeProvider.streaming(Kind.OPENAI, events))
                  .refused(Requests.streamed("hi"))
                  .fault())
          .isEqualTo(shape.fault());
    }
  }
}

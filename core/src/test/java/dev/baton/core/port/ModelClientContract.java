package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link ModelClient} does, whoever answers behind it. */
public abstract class ModelClientContract {
  /** The one model that the clients under test serve. */
  protected static final ModelName MODEL = new ModelName("contract-model");

  private final List<ModelClient> opened = new ArrayList<>();

  /** A client that serves {@link #MODEL}, whose answers hold the prompt's text. */
  protected abstract ModelClient createClient() throws Exception;

  /** A client that serves {@link #MODEL}, whose calls do not end by themselves. */
  protected abstract ModelClient createSilentClient() throws Exception;

  @AfterEach
  final void closeClients() {
    opened.forEach(ModelClient::close);
  }

  private ModelClient client() throws Exception {
    return opened(createClient());
  }

  private ModelClient silentClient() throws Exception {
    return opened(createSilentClient());
  }

  private ModelClient opened(ModelClient client) {
    opened.add(client);
    return client;
  }

  @Test
  void models_areThoseThatAreServed() throws Exception {
    ModelClient client = client();

    assertThat(client.models()).extracting(ModelSpec::name).containsExactly(MODEL);
    assertThat(client.serves(MODEL)).isTrue();
    assertThat(client.serves(new ModelName("another-model"))).isFalse();
  }

  @Test
  void ask_answers_andSaysWhichModelDidAndWhyItEnded() throws Exception {
    Answered answered =
        answered(client().ask(request("what is a baton?"), ModelClientContract::deaf));

    assertThat(answered.completion().content()).contains("what is a baton?");
    assertThat(answered.completion().modelAnswer())
        .hasValueSatisfying(
            answer -> {
              assertThat(answer.model()).isEqualTo(MODEL);
              assertThat(answer.finishReason()).isEqualTo("stop");
              assertThat(answer.toolCalls()).isEmpty();
            });
    assertThat(answered.completion().usage())
        .hasValueSatisfying(usage -> assertThat(usage.isConsistent()).isTrue());
  }

  @Test
  void ask_forAStream_tellsPiecesThatAreTheAnswer() throws Exception {
    List<String> pieces = Collections.synchronizedList(new ArrayList<>());

    Answered answered = answered(client().ask(streamed("one two three"), pieces::add));

    assertThat(pieces).isNotEmpty().doesNotContain("");
    assertThat(String.join("", pieces)).isEqualTo(answered.completion().content());
    assertThat(answered.completion().content()).contains("one two three");
    assertThat(answered.completion().usage()).isPresent();
  }

  @Test
  void ask_withoutAStream_tellsNoPiece() throws Exception {
    List<String> pieces = Collections.synchronizedList(new ArrayList<>());

    answered(client().ask(request("quietly"), pieces::add));

    assertThat(pieces).isEmpty();
  }

  @Test
  void ask_ofManyAtOnce_answersEachItsOwn() throws Exception {
    ModelClient client = client();
    List<ModelClient.Call> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(client.ask(streamed("number <" + i + ">"), ModelClientContract::deaf));
    }

    for (int i = 0; i < calls.size(); i++) {
      assertThat(answered(calls.get(i)).completion().content()).contains("number <" + i + ">");
    }
  }

  @Test
  void ask_forAnUnknownModel_isRefused() throws Exception {
    ModelRequest unknown = new ModelRequest("1", new ModelName("another-model"), Prompt.of("hi"));

    assertThat(refused(client().ask(unknown, ModelClientContract::deaf)).fault())
        .isEqualTo(ModelFault.BAD_REQUEST);
  }

  @Test
  void abort_endsTheCall_howeverOften() throws Exception {
    ModelClient.Call call = silentClient().ask(request("never"), ModelClientContract::deaf);

    call.abort();
    call.abort();

    assertThat(refused(call).fault()).isEqualTo(ModelFault.ABORTED);
  }

  @Test
  void abort_ofOneCall_leavesTheOthersAlone() throws Exception {
    ModelClient client = silentClient();
    ModelClient.Call first = client.ask(request("never"), ModelClientContract::deaf);
    ModelClient.Call second = client.ask(request("never either"), ModelClientContract::deaf);

    first.abort();

    assertThat(refused(first).fault()).isEqualTo(ModelFault.ABORTED);
    assertThat(second.outcome()).isNotDone();
  }

  @Test
  void abort_afterTheAnswer_changesNothing() throws Exception {
    ModelClient.Call call = client().ask(request("quick"), ModelClientContract::deaf);
    Answered answered = answered(call);

    call.abort();

    assertThat(outcome(call)).isEqualTo(answered);
  }

  @Test
  void aListenerThatThrows_doesNotCostTheAnswer() throws Exception {
    ModelClient.Call call =
        client()
            .ask(
                streamed("said anyway"),
                piece -> {
                  throw new IllegalStateException("a reader that broke");
                });

    assertThat(answered(call).completion().content()).contains("said anyway");
  }

  @Test
  void close_endsAllCalls() throws Exception {
    ModelClient client = silentClient();
    ModelClient.Call first = client.ask(request("never"), ModelClientContract::deaf);
    ModelClient.Call second = client.ask(streamed("never"), ModelClientContract::deaf);

    client.close();

    assertThat(refused(first).fault()).isEqualTo(ModelFault.ABORTED);
    assertThat(refused(second).fault()).isEqualTo(ModelFault.ABORTED);
  }

  @Test
  void ask_afterClose_isAborted() throws Exception {
    ModelClient client = client();
    client.close();

    assertThat(refused(client.ask(request("late"), ModelClientContract::deaf)).fault())
        .isEqualTo(ModelFault.ABORTED);
  }

  @Test
  void whatFollowsAnOutcome_mayAskAgain() throws Exception {
    ModelClient client = client();

    CompletableFuture<ModelOutcome> chained =
        client
            .ask(request("first"), ModelClientContract::deaf)
            .outcome()
            .thenCompose(
                outcome -> client.ask(request("second"), ModelClientContract::deaf).outcome());

    assertThat(((Answered) chained.get(30, TimeUnit.SECONDS)).completion().content())
        .contains("second");
  }

  /** Listens to no piece. */
  protected static void deaf(String piece) {}

  /** A request without a stream. */
  protected static ModelRequest request(String text) {
    return new ModelRequest("call-1", MODEL, Prompt.of(text));
  }

  /** The same with one. */
  protected static ModelRequest streamed(String text) {
    Parameters stream =
        new Parameters(
            Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), Options.NONE, true);
    return new ModelRequest("call-1", MODEL, new Prompt(text, Prompt.of(text).metadata(), stream));
  }

  protected static ModelOutcome outcome(ModelClient.Call call) throws Exception {
    return call.outcome().get(30, TimeUnit.SECONDS);
  }

  protected static Answered answered(ModelClient.Call call) throws Exception {
    ModelOutcome outcome = outcome(call);
    assertThat(outcome).isInstanceOf(Answered.class);
    return (Answered) outcome;
  }

  protected static Refused refused(ModelClient.Call call) throws Exception {
    ModelOutcome outcome = outcome(call);
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }
}

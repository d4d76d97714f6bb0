package dev.baton.http.out.model;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.port.ModelClient;
import dev.baton.http.out.model.protocol.AnthropicProtocol;
import dev.baton.http.out.model.protocol.OpenAiProtocol;
import dev.baton.http.out.model.protocol.Protocol;
import dev.baton.http.out.upstream.UpstreamClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All providers as one: a request goes to the provider of its model. A model that several offer has
 * an entry for each of them, with a name of its own. Thread-safe.
 */
public final class ModelRouter implements ModelClient {
  private final List<ModelClient> providers;
  private final List<ModelSpec> models = new ArrayList<>();
  private final Map<ModelName, Entry> byName = new HashMap<>();

  /** Whom to ask, and for what. */
  private record Entry(ModelClient provider, ModelName model) {}

  /**
   * Joins clients that are closed with the router.
   *
   * @throws IllegalArgumentException when two entries have one name
   */
  ModelRouter(List<ModelClient> providers) {
    this.providers = List.copyOf(providers);
    Multiset<ModelName> offers = HashMultiset.create();
    providers.forEach(provider -> provider.models().forEach(model -> offers.add(model.name())));
    for (ModelClient provider : providers) {
      for (ModelSpec model : provider.models()) {
        add(provider, model.name(), offers.count(model.name()) > 1 ? model.amongOthers() : model);
      }
    }
  }

  private void add(ModelClient provider, ModelName model, ModelSpec entry) {
    models.add(entry);
    if (byName.put(entry.name(), new Entry(provider, model)) != null) {
      throw new IllegalArgumentException("two entries are named " + entry.name());
    }
  }

  /**
   * A client of these providers, which calls them through {@code upstream} and does not close it.
   *
   * @throws IllegalArgumentException when two entries have one name
   */
  public static ModelRouter of(List<ProviderSettings> providers, UpstreamClient upstream) {
    return new ModelRouter(
        providers.stream().<ModelClient>map(settings -> client(settings, upstream)).toList());
  }

  /** The built-in echo, whatever the model. */
  public static ModelClient echo() {
    return new EchoModelClient(List.of(), Duration.ZERO);
  }

  private static ModelClient client(ProviderSettings settings, UpstreamClient upstream) {
    return switch (settings.kind()) {
      case ECHO -> new EchoModelClient(settings.models(), settings.delay());
      case OPENAI -> provider(settings, new OpenAiProtocol(), upstream);
      case ANTHROPIC -> provider(settings, new AnthropicProtocol(), upstream);
    };
  }

  private static ModelClient provider(
      ProviderSettings settings, Protocol protocol, UpstreamClient upstream) {
    // Times that people read have milliseconds.
    return new ProviderClient(settings, protocol, upstream, Clock.tickMillis(ZoneOffset.UTC));
  }

  @Override
  public List<ModelSpec> models() {
    return List.copyOf(models);
  }

  @Override
  public boolean serves(ModelName model) {
    return byName.containsKey(model);
  }

  @Override
  public Call ask(ModelRequest request, Consumer<String> onPiece) {
    Entry entry = byName.get(request.model());
    return entry == null
        ? new Asked(Asked.unknown())
        : entry
            .provider()
            .ask(new ModelRequest(request.id(), entry.model(), request.prompt()), onPiece);
  }

  @Override
  public void close() {
    providers.forEach(ModelClient::close);
  }
}

package dev.baton.app.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a value must keep. */
final class Rules {

  private Rules() {}

  static void check(boolean good, String rule) {
    if (!good) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** No two of one name, no model offered twice, no fallback that nobody offers. */
  static void checkProviders(List<ProviderConfig> providers) {
    Set<String> names = new HashSet<>();
    Set<String> models = new HashSet<>();
    for (ProviderConfig provider : providers) {
      check(names.add(provider.name()), "providers: two are named " + provider.name());
      for (ModelConfig model : provider.models()) {
        check(models.add(model.name()), "providers: two offer the model " + model.name());
      }
    }
    for (ProviderConfig provider : providers) {
      for (ModelConfig model : provider.models()) {
        check(
            models.containsAll(model.fallbacks()),
            "providers: no provider offers the fallback of " + model.name());
      }
    }
  }
}

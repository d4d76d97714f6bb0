package dev.baton.core.port;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import java.util.List;

/**
 * Models that are left alone for a while; part of a {@link Transaction}. A model belongs to no
 * tenant: its pause holds for all. Asked with every lease, so a store keeps them in memory.
 */
public interface PauseRows {

  /** All that were put and not removed, by name; their time may be over. */
  List<ModelPause> all();

  /** Adds or replaces the pause of a model. */
  void put(ModelPause pause);

  /** Removes the pause of a model, if it has one. */
  void remove(ModelName model);
}

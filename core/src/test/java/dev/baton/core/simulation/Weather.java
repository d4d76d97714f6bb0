package dev.baton.core.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in one run, and how often: each kind of trouble is absent from half of the runs,
 * so that no trouble hides another ("swarm testing", Groce et al., ISSTA 2012).
 */
final class Weather {
  private final Random random;
  final double storeFailsBefore;
  final double storeFailsAfter;
  final double requestLost;
  final double replyLost;
  final double requestDoubled;
  final double requestDelayed;
  final double workerCrashes;
  final double workerPauses;
  final double serverRestarts;
  final double operatorMeddles;

  Weather(Random random) {
    this.random = random;
    storeFailsBefore = trouble(0.1);
    storeFailsAfter = trouble(0.1);
    requestLost = trouble(0.1);
    replyLost = trouble(0.1);
    requestDoubled = trouble(0.2);
    requestDelayed = trouble(0.3);
    workerCrashes = trouble(0.2);
    workerPauses = trouble(0.3);
    serverRestarts = trouble(0.05);
    operatorMeddles = trouble(0.3);
  }

  private double trouble(double most) {
    return random.nextBoolean() ? random.nextDouble() * most : 0;
  }

  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  Duration millis(int bound) {
    return Duration.ofMillis(random.nextInt(bound));
  }

  /** How long a message takes: mostly no time, sometimes longer than a lease. */
  Duration travel() {
    return happens(requestDelayed) ? millis(90_000) : millis(20);
  }
}

package dev.baton.core.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries requests to the server and replies back, or loses, delays and doubles them. */
final class Network {
  private final Agenda agenda;
  private final Weather weather;

  Network(Agenda agenda, Weather weather) {
    this.agenda = agenda;
    this.weather = weather;
  }

  /**
   * Sends a request, which may arrive never, once or twice.
   *
   * @param patience when the sender gives up, for it has heard nothing
   * @param onReply is called exactly once: with the future of the request, done, or with nothing
   */
  <T> void send(
      Supplier<CompletableFuture<T>> request,
      Duration patience,
      Consumer<Optional<CompletableFuture<T>>> onReply) {
    Once<T> once = new Once<>(onReply);
    agenda.after(patience, () -> once.accept(Optional.empty()));
    if (!weather.happens(weather.requestLost)) {
      deliver(request, once);
    }
    if (weather.happens(weather.requestDoubled)) {
      deliver(request, once);
    }
  }

  private <T> void deliver(Supplier<CompletableFuture<T>> request, Once<T> once) {
    agenda.after(
        weather.travel(),
        () -> {
          CompletableFuture<T> reply = request.get();
          var unused =
              reply.whenComplete(
                  (value, error) -> {
                    if (!weather.happens(weather.replyLost)) {
                      agenda.after(weather.travel(), () -> once.accept(Optional.of(reply)));
                    }
                  });
        });
  }

  /** Lets the first reply through. */
  private static final class Once<T> {
    private final Consumer<Optional<CompletableFuture<T>>> onReply;
    private boolean done;

    Once(Consumer<Optional<CompletableFuture<T>>> onReply) {
      this.onReply = onReply;
    }

    void accept(Optional<CompletableFuture<T>> reply) {
      if (!done) {
        done = true;
        onReply.accept(reply);
      }
    }
  }
}

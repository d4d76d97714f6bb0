package dev.baton.core.client;

/**
 * All that a client can ask of one Baton, for one tenant. Each part closes the whole, so that a
 * caller that needs one part keeps that only. Thread-safe.
 */
public interface BatonClient extends AutoCloseable {
  TaskClient tasks();

  AdminClient admin();

  BatchClient batches();

  ScheduleClient schedules();

  WebhookClient webhooks();

  /** Releases what this client opened; a server behind HTTP goes on. */
  @Override
  void close();
}

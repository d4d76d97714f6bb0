package dev.baton.http.out.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.client.AdminClient;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatonClient;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.WebhookClient;
import java.net.URI;

/**
 * A {@link BatonClient} that speaks seeds 1 and 2 with their extensions over a {@link Transport}.
 * Repeats nothing by itself: a call whose outcome is unknown is its caller's to repeat.
 * Thread-safe.
 */
public final class HttpBatonClient implements BatonClient {
  private final Calls calls;

  /**
   * @param transport closed with this client
   */
  public HttpBatonClient(Transport transport) {
    this.calls = new Calls(transport);
  }

  /**
   * A client of the server at {@code base}, such as {@code http://127.0.0.1:8000}; nothing is sent
   * before the first call.
   */
  public static HttpBatonClient of(URI base) {
    return new HttpBatonClient(new HttpTransport(requireNonNull(base, "base")));
  }

  @Override
  public TaskClient tasks() {
    return new HttpTaskClient(calls);
  }

  @Override
  public AdminClient admin() {
    return new HttpAdminClient(calls);
  }

  @Override
  public BatchClient batches() {
    return new HttpBatchClient(calls);
  }

  @Override
  public ScheduleClient schedules() {
    return new HttpScheduleClient(calls);
  }

  @Override
  public WebhookClient webhooks() {
    return new HttpWebhookClient(calls);
  }

  @Override
  public void close() {
    calls.close();
  }
}

package dev.baton.http.out.client;

import dev.baton.http.out.client.Transport.Body;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A {@link Transport} over HTTP/1.1. */
final class HttpTransport implements Transport {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  private final URI base;
  private final String root;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_PATIENCE)
          .build();

  HttpTransport(URI base) {
    this.base = base;
    this.root = base.toString().replaceAll("/+$", "");
  }

  @Override
  public CompletableFuture<Incoming> send(Outgoing request) {
    HttpRequest.Builder built =
        HttpRequest.newBuilder(URI.create(root + request.path()))
            .timeout(request.patience())
            .method(request.method(), publisher(request.body()));
    request.headers().forEach(built::header);
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(built.build(), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Incoming> reply = sent.thenApply(HttpTransport::incoming);
    var unused =
        reply.whenComplete(
            (incoming, thrown) -> {
              if (reply.isCancelled()) {
                sent.cancel(true);
              }
            });
    return reply;
  }

  private static BodyPublisher publisher(Body body) {
    if (body.file().isEmpty()) {
      return body.head().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.head());
    }
    try {
      return BodyPublishers.concat(
          BodyPublishers.ofString(body.head()),
          BodyPublishers.ofFile(body.file().get()),
          BodyPublishers.ofString(body.tail()));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Incoming incoming(HttpResponse<InputStream> response) {
    return new Incoming(response.statusCode(), response.headers()::firstValue, response.body());
  }

  @Override
  public URI target() {
    return base;
  }

  /** Does nothing: connections that idle are closed by themselves. */
  @Override
  public void close() {}
}

package dev.baton.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keep-alive connections to a server, all on one thread, each doing one cycle after the other: put,
 * get, post. Spends as little as it can, because it shares the processors with the server.
 */
final class HttpLoad {
  private static final int BUFFER = 16_384;

  private final InetSocketAddress server;
  private final byte[] put;
  private final byte[] get;
  private final String text;

  HttpLoad(InetSocketAddress server, int textLength) {
    this.server = server;
    this.text = "x".repeat(textLength);
    this.put = post("/putPrompt", "{\"prompt\":\"" + text + "\"}");
    this.get = request("GET /getPrompt?leaseSeconds=60&queue=integration", "", "");
  }

  private byte[] post(String path, String body) {
    return request("POST " + path, "Content-Type: application/json\r\n", body);
  }

  private byte[] request(String line, String headers, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String head =
        line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers + length;
    return (head + "\r\n" + body).getBytes(US_ASCII);
  }

  /** Full cycles per second. */
  double cyclesPerSecond(int connections, Duration duration) throws IOException {
    try (Selector selector = Selector.open()) {
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(new Connection(selector));
      }
      long start = System.nanoTime();
      long end = start + duration.toNanos();
      while (System.nanoTime() < end) {
        selector.select(key -> ((Connection) key.attachment()).ready(), 100);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long cycles = all.stream().mapToLong(connection -> connection.cycles).sum();
      for (Connection connection : all) {
        connection.channel.close();
      }
      return cycles / seconds;
    }
  }

  /** Where a connection is in its cycle. */
  private enum Step {
    PUT,
    GET,
    POST
  }

  private final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] received = new byte[BUFFER];
    private Step step = Step.PUT;
    private long cycles;

    Connection(Selector selector) throws IOException {
      channel = SocketChannel.open(server);
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      send(put);
    }

    void ready() {
      try {
        if (channel.read(in) < 0) {
          throw new IOException("the server closed a connection");
        }
        int length = in.position();
        in.get(0, received, 0, length);
        String head = new String(received, 0, Math.min(length, 1024), US_ASCII);
        int body = head.indexOf("\r\n\r\n") + 4;
        if (body < 4 || length < body + HttpAnswers.contentLength(head)) {
          return;
        }
        in.clear();
        answered(head, body, length);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private void answered(String head, int body, int length) throws IOException {
      boolean ok = head.startsWith("HTTP/1.1 200");
      switch (step) {
        case PUT -> {
          check(ok, head);
          step = Step.GET;
          send(get);
        }
        case GET -> {
          if (head.startsWith("HTTP/1.1 204")) {
            step = Step.PUT;
            send(put);
            return;
          }
          check(ok, head);
          step = Step.POST;
          send(answer(head, body, length));
        }
        case POST -> {
          check(ok, head);
          cycles++;
          step = Step.PUT;
          send(put);
        }
      }
    }

    private byte[] answer(String head, int body, int length) {
      String json = new String(received, body, Math.min(length - body, 128), US_ASCII);
      String taskId = HttpAnswers.between(json, "\"taskId\":\"", "\"");
      String lease = HttpAnswers.between(head, "X-Lease-Id: ", "\r\n");
      return post(
          "/postResponse",
          "{\"taskId\":\"%s\",\"leaseId\":\"%s\",\"content\":\"%s\"}"
              .formatted(taskId, lease, text));
    }

    private void check(boolean ok, String head) throws IOException {
      if (!ok) {
        throw new IOException("unexpected answer to " + step + ": " + head);
      }
    }

    private void send(byte[] request) throws IOException {
      out.clear();
      out.put(request).flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }
  }
}

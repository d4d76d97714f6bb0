package dev.baton.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** How long after a put, on an otherwise idle server, a long poll has the prompt. */
final class WakeUp {
  private static final String HOST = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";

  private final InetSocketAddress server;

  WakeUp(InetSocketAddress server) {
    this.server = server;
  }

  /** The times of {@code rounds} wake-ups, in milliseconds, shortest first. */
  double[] measure(int rounds) throws IOException {
    double[] times = new double[rounds];
    try (Socket waiter = connect();
        Socket putter = connect()) {
      String body = "{\"prompt\":\"" + "x".repeat(1024) + "\"}";
      byte[] put =
          ("POST /putPrompt"
                  + HOST
                  + "Content-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
              .getBytes(US_ASCII);
      byte[] poll = ("GET /getPrompt?waitSeconds=30" + HOST + "\r\n").getBytes(US_ASCII);
      for (int i = 0; i < rounds; i++) {
        waiter.getOutputStream().write(poll);
        awaitParked();
        long start = System.nanoTime();
        putter.getOutputStream().write(put);
        requireOk(read(waiter.getInputStream()));
        times[i] = (System.nanoTime() - start) / 1e6;
        requireOk(read(putter.getInputStream()));
      }
    }
    Arrays.sort(times);
    return times;
  }

  /** Long enough for the poll to be in line; a put that overtakes it would measure less. */
  private static void awaitParked() {
    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** One answer: its head, when its body has been read too. */
  private static String read(InputStream in) throws IOException {
    byte[] buffer = new byte[16_384];
    int length = 0;
    while (true) {
      int count = in.read(buffer, length, buffer.length - length);
      if (count < 0) {
        throw new IOException("the server closed the connection");
      }
      length += count;
      String text = new String(buffer, 0, length, US_ASCII);
      int body = text.indexOf("\r\n\r\n") + 4;
      if (body >= 4 && length >= body + HttpAnswers.contentLength(text)) {
        return text;
      }
    }
  }

  private static void requireOk(String answer) throws IOException {
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException("unexpected answer: " + answer);
    }
  }
}

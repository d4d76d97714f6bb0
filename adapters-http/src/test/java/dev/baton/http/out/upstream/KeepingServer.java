package dev.baton.http.out.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that keeps its connections open, and counts them. */
final class KeepingServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> answers;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private KeepingServer(ServerSocket listener, List<String> answers) {
    this.listener = listener;
    this.answers = answers;
    thread(this::accept);
  }

  /**
   * One that gives these answers in turn, and the last one from then on; for an empty one it closes
   * the connection.
   */
  static KeepingServer saying(String... answers) throws IOException {
    return over(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
  }

  static KeepingServer over(ServerSocket listener, String... answers) {
    return new KeepingServer(listener, List.of(answers));
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  int accepted() {
    return accepted.get();
  }

  /** Connections that neither side has closed. */
  int open() {
    return open.size();
  }

  int requests() {
    return requests.get();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "keeping-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        accepted.incrementAndGet();
        open.add(connection);
        thread(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      while (true) {
        ScriptedServer.read(connection.getInputStream());
        int nth = requests.getAndIncrement();
        String answer = answers.get(Math.min(nth, answers.size() - 1));
        if (answer.isEmpty()) {
          return;
        }
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException gone) {
      // The client looks at what becomes of it.
    } finally {
      open.remove(connection);
    }
  }

  /** As a server does that thinks them idle for too long. */
  void endConnections() throws IOException {
    for (Socket connection : open) {
      connection.shutdownOutput();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

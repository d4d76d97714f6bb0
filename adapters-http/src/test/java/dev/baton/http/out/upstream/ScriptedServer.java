package dev.baton.http.out.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a port of its own that does to each connection what a test says. */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What is done with a connection, whose request was read; it is closed afterwards. */
  public interface Script {
    void serve(String request, Socket connection) throws Exception;
  }

  public ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    Thread acceptor = new Thread(this::accept, "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** One that answers each request with these characters, one byte each, and closes. */
  public static ScriptedServer saying(String answer) throws IOException {
    return new ScriptedServer((request, connection) -> write(connection, answer));
  }

  /** One that answers with a head of the status and this body. */
  public static ScriptedServer answering(int status, String contentType, String body)
      throws IOException {
    return saying(answer(status, contentType, body));
  }

  public static String answer(int status, String contentType, String body) {
    String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return "HTTP/1.1 %d Some\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, contentType, bytes.length(), bytes);
  }

  public static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  /** Heads and bodies of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        open.add(connection);
        Thread server = new Thread(() -> serve(connection), "scripted-connection");
        server.setDaemon(true);
        server.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String request = read(connection.getInputStream());
      requests.add(request);
      script.serve(request, connection);
    } catch (Exception gone) {
      // The client went away, or the server is closed: the test looks at the client.
    } finally {
      open.remove(connection);
    }
  }

  static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("no whole request");
      }
      text.append((char) c);
    }
    int at = text.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
      text.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return text.toString();
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

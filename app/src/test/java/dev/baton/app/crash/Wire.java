package dev.baton.app.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive connection that sends each request exactly once: a library's silent repeat would
 * falsify the history. Not thread-safe.
 */
final class Wire implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 10_000;

  private @Nullable Socket socket;
  private @Nullable InputStream input;
  private @Nullable InetSocketAddress peer;

  /** What was answered; header names are in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** Nothing was sent, so nothing was done. */
  static final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(IOException cause) {
      super(cause);
    }
  }

  /**
   * Sends and waits for the answer.
   *
   * @param json null for a GET
   * @throws NotSentException when there was no connection
   * @throws IOException when it is unknown what the server did
   */
  Answer call(InetSocketAddress server, String target, @Nullable String json) throws IOException {
    connect(server);
    try {
      send(request(server, target, json));
      Answer answer = receive();
      if (answer.header("connection").orElse("").equalsIgnoreCase("close")) {
        close();
      }
      return answer;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  static byte[] request(InetSocketAddress server, String target, @Nullable String json) {
    String host = "Host: 127.0.0.1:" + server.getPort() + "\r\n";
    if (json == null) {
      return ("GET " + target + " HTTP/1.1\r\n" + host + "\r\n").getBytes(ISO_8859_1);
    }
    byte[] body = json.getBytes(UTF_8);
    byte[] head =
        ("POST "
                + target
                + " HTTP/1.1\r\n"
                + host
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(ISO_8859_1);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  void connect(InetSocketAddress server) throws NotSentException {
    if (socket != null && server.equals(peer)) {
      return;
    }
    close();
    Socket fresh = new Socket();
    try {
      fresh.connect(server, CONNECT_MILLIS);
      fresh.setSoTimeout(READ_MILLIS);
      fresh.setTcpNoDelay(true);
      input = new BufferedInputStream(fresh.getInputStream());
      socket = fresh;
      peer = server;
    } catch (IOException e) {
      closeQuietly(fresh);
      throw new NotSentException(e);
    }
  }

  /** Sends bytes over the connection that {@link #connect} made. */
  void send(byte[] bytes) throws IOException {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    socket.getOutputStream().write(bytes);
  }

  Answer receive() throws IOException {
    String[] first = line().split(" ", 3);
    if (first.length < 2 || !first[0].equals("HTTP/1.1")) {
      throw new IllegalStateException("no HTTP/1.1 answer: " + String.join(" ", first));
    }
    int status = Integer.parseInt(first[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, body(status, headers));
  }

  private String body(int status, Map<String, String> headers) throws IOException {
    if (status == 204) {
      return "";
    }
    String length = headers.get("content-length");
    if (length == null) {
      throw new IllegalStateException(status + " without a Content-Length: " + headers);
    }
    byte[] body = input().readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new EOFException("the body ended early");
    }
    return new String(body, UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    for (int b = input().read(); b != '\n'; b = input().read()) {
      if (b < 0) {
        throw new EOFException("the answer ended early");
      }
      bytes.write(b);
    }
    return bytes.toString(ISO_8859_1).strip();
  }

  private InputStream input() {
    if (input == null) {
      throw new IllegalStateException("not connected");
    }
    return input;
  }

  @Override
  public void close() {
    if (socket != null) {
      closeQuietly(socket);
    }
    socket = null;
    input = null;
    peer = null;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The peer is gone, as it often is here; there is nothing left to release.
      socket = null;
    }
  }
}

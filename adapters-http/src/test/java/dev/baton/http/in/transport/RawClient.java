package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says to a server exactly what it is told, well-formed or not, and reads what comes back. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** An answer; header names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final Socket socket = new Socket();

  RawClient(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(server, TIMEOUT_MILLIS);
  }

  /** One request on its own connection. */
  static Answer ask(InetSocketAddress server, String request) throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(request);
      return client.receive();
    }
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  void sendInPieces(String bytes, int length) throws IOException {
    for (int from = 0; from < bytes.length(); from += length) {
      send(bytes.substring(from, Math.min(bytes.length(), from + length)));
    }
  }

  Answer receive() throws IOException {
    return receive(true);
  }

  /** For HEAD, whose content length announces nothing that would come. */
  Answer receiveHead() throws IOException {
    return receive(false);
  }

  private Answer receive(boolean withBody) throws IOException {
    String statusLine = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body =
        withBody ? new String(socket.getInputStream().readNBytes(length), ISO_8859_1) : "";
    return new Answer(status, headers, body);
  }

  /** Whether the server closes in good order, sending nothing more. */
  boolean isClosed() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream input = socket.getInputStream();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0) {
        throw new EOFException("closed after: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

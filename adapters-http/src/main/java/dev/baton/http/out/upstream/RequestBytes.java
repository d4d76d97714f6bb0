package dev.baton.http.out.upstream;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Writes a request as HTTP/1.1. */
final class RequestBytes {

  private RequestBytes() {}

  static byte[] of(UpstreamRequest request) {
    URI uri = URI.create(request.uri().toASCIIString());
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder head = new StringBuilder(512);
    head.append(request.method()).append(' ').append(path).append(query).append(" HTTP/1.1\r\n");
    field(head, "Host", host(uri));
    request.headers().forEach((name, value) -> field(head, name, value));
    field(head, "Accept-Encoding", "identity");
    field(head, "Connection", "close");
    byte[] body = request.body().orElse("").getBytes(StandardCharsets.UTF_8);
    if (request.body().isPresent()) {
      field(head, "Content-Length", Integer.toString(body.length));
    }
    head.append("\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private static String host(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static void field(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}

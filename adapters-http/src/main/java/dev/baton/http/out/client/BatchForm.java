package dev.baton.http.out.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles.Format;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A batch and the file of its rows as a form: what is said of it first, the file last. The file is
 * read while it is sent.
 *
 * @param boundary stands between the parts, and nowhere in them
 */
record BatchForm(String boundary, BodyPublisher body) {

  static BatchForm of(NewBatch batch, String config, Path file, Format format) {
    String boundary = "baton-" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    batch.id().ifPresent(id -> field(head, boundary, "id", id.value()));
    field(head, boundary, "name", batch.name());
    field(head, boundary, "description", batch.description());
    field(head, boundary, "config", config);
    // The server knows the format by the name; what the file is called here is nobody's business.
    String name = format == Format.CSV ? "rows.csv" : "rows.jsonl";
    begin(head, boundary, "file\"; filename=\"" + name);
    String end = "\r\n--" + boundary + "--\r\n";
    try {
      return new BatchForm(
          boundary,
          BodyPublishers.concat(
              BodyPublishers.ofString(head.toString(), UTF_8),
              BodyPublishers.ofFile(file),
              BodyPublishers.ofString(end, UTF_8)));
    } catch (FileNotFoundException e) {
      throw new BatonException(ErrorCode.FILE_NOT_FOUND, "can't read " + file, e);
    }
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  private static void field(StringBuilder head, String boundary, String name, String value) {
    begin(head, boundary, name);
    head.append(value).append("\r\n");
  }

  private static void begin(StringBuilder head, String boundary, String name) {
    head.append("--").append(boundary).append("\r\n");
    head.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
  }
}

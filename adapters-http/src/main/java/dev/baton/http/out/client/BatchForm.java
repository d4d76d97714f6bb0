package dev.baton.http.out.client;

import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.http.out.client.Transport.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A batch and the file of its rows as a form: what is said of it first, the file last. The file is
 * read while it is sent.
 *
 * @param boundary stands between the parts, and nowhere in them
 */
record BatchForm(String boundary, Body body) {

  static BatchForm of(NewBatch batch, String config, Path file, Format format) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new BatonException(ErrorCode.FILE_NOT_FOUND, "can't read " + file);
    }
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
    return new BatchForm(boundary, new Body(head.toString(), Optional.of(file), end));
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

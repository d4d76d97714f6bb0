package dev.baton.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with one {@link Event} per line, in the order in which they were recorded. Thread-safe.
 */
final class History implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectWriter WRITER = JSON.writerFor(Event.class);
  private static final ObjectReader READER = JSON.readerFor(Event.class);

  private final Path file;
  private final FileChannel channel;
  private final BufferedWriter lines;

  History(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.lines = new BufferedWriter(Channels.newWriter(channel, UTF_8));
  }

  void add(Event event) {
    String line = json(event);
    synchronized (this) {
      try {
        lines.write(line);
        lines.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** All that was recorded so far, read back from the disk. */
  synchronized List<Event> read() throws IOException {
    lines.flush();
    channel.force(true);
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      events.add(READER.readValue(line));
    }
    return events;
  }

  @Override
  public synchronized void close() throws IOException {
    lines.close();
  }

  private static String json(Event event) {
    try {
      return WRITER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is plain data", e);
    }
  }
}

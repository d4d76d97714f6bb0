package dev.baton.cli.shared;

import java.net.URI;
import java.nio.file.Path;

/** Where a command works: on a database file, or through a server. */
public sealed interface Target {

  /** A database file that no server has open. */
  record File(Path path) implements Target {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A server's address, such as {@code http://127.0.0.1:8000}. */
  record Server(URI url) implements Target {
    @Override
    public String toString() {
      return url.toString();
    }
  }
}

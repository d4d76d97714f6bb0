package dev.baton.cli.server;

import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.core.port.Maintenance;

/** Tells of copies of databases. */
final class Copies {

  private Copies() {}

  static void tell(Output console, Maintenance.Copied copied) {
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("file", copied.file().toString())
              .put("bytes", copied.bytes())
              .put("tasks", copied.tasks())
              .toMap());
    }
    console.say(
        "%s holds %,d tasks in %,d bytes".formatted(copied.file(), copied.tasks(), copied.bytes()));
  }
}

package dev.baton.app.architecture.offenders.http.in.ops;

import java.io.IOException;

/** A dialect that starts programs. */
final class SpawnsProgram {
  Process built() throws IOException {
    return new ProcessBuilder("true").start();
  }

  Process split() throws IOException {
    return Runtime.getRuntime().exec(new String[] {"true"});
  }
}

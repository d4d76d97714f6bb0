package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.persistence.*;
import java.nio.file.*;
import java.time.Duration;

public final class BenchMain {
  public static void main(String[] a) throws Exception {
    Duration d = Duration.ofSeconds(Integer.parseInt(a[0]));
    Path dir = Files.createTempDirectory(Path.of("/tmp"), "bench");
    for (int round = 0; round < 3; round++) {
      Path f = dir.resolve("raw" + round + ".db");
      SqlStores.open(f).close();
      double raw = RawLimit.cyclesPerSecond(f, 64, 1024, d);
      Path g = dir.resolve("emb" + round + ".db");
      double one, list;
      try (Baton b =
          Baton.builder(SqlStores.open(g, StoreOptions.DEFAULT.withLowWater(0))).build().start()) {
        one = new EmbeddedLoad(b, 1024).cyclesPerSecond(64, 1, d);
      }
      try (Baton b =
          Baton.builder(
                  SqlStores.open(
                      dir.resolve("l" + round + ".db"), StoreOptions.DEFAULT.withLowWater(0)))
              .build()
              .start()) {
        list = new EmbeddedLoad(b, 1024).cyclesPerSecond(2, 64, d);
      }
      System.out.printf(
          "raw %.0f  64x1 %.0f (%.0f%%)  lists %.0f (%.0f%%)%n",
          raw, one, 100 * one / raw, list, 100 * list / raw);
    }
  }
}

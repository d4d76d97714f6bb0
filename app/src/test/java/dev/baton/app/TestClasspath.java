package dev.baton.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What this test runs on, also where the build hides it in the manifest of one jar. */
public final class TestClasspath {

  private TestClasspath() {}

  public static List<Path> entries() {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      entries.add(path);
      if (entry.endsWith(".jar")) {
        entries.addAll(namedBy(path));
      }
    }
    return entries;
  }

  private static List<Path> namedBy(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String named = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
      List<Path> entries = new ArrayList<>();
      if (named != null) {
        for (String url : named.trim().split("\\s+", -1)) {
          URI entry = jar.toUri().resolve(url);
          if (entry.getScheme().equals("file")) {
            entries.add(Path.of(entry));
          }
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

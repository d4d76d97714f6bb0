package dev.baton.app.architecture.offenders.http.in.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/** A dialect that makes what a stranger serialised. */
final class ReadsObjects {
  Object read(InputStream in) throws IOException, ClassNotFoundException {
    try (ObjectInputStream objects = new ObjectInputStream(in)) {
      return objects.readObject();
    }
  }
}

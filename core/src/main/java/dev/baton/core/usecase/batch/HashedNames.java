package dev.baton.core.usecase.batch;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A set of names that keeps 64 bits of each: two of a million differing names are taken for one
 * with a chance of 1 in 30 million, and nobody can choose which, because the hash has a random
 * seed. Not thread-safe.
 */
final class HashedNames {
  private static final int FIRST_SIZE = 1 << 10;

  private final HashFunction hash;

  /** Open addressing; 0 is a free place. */
  private long[] places = new long[FIRST_SIZE];

  private int size;

  HashedNames(int seed) {
    hash = Hashing.murmur3_128(seed);
  }

  /** Adds a name of some kind; false when it was there. */
  boolean add(String kind, String name) {
    long hashed = hash.hashString(kind + ':' + name, StandardCharsets.UTF_8).asLong();
    long value = hashed == 0 ? 1 : hashed;
    if (!put(places, value)) {
      return false;
    }
    size++;
    if (size * 2 > places.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[places.length * 2];
    for (long value : places) {
      if (value != 0) {
        put(larger, value);
      }
    }
    places = larger;
  }

  private static boolean put(long[] places, long value) {
    int mask = places.length - 1;
    for (int at = (int) value & mask; ; at = (at + 1) & mask) {
      if (places[at] == value) {
        return false;
      }
      if (places[at] == 0) {
        places[at] = value;
        return true;
      }
    }
  }
}

package dev.baton.http.out.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A body, put together member by member, of the core's values. For one thread. */
final class Members {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  @CanIgnoreReturnValue
  Members with(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  /** Nothing when there is no value. */
  @CanIgnoreReturnValue
  Members with(String name, Optional<?> value) {
    value.ifPresent(said -> members.put(name, said));
    return this;
  }

  @CanIgnoreReturnValue
  Members with(String name, OptionalInt value) {
    value.ifPresent(said -> members.put(name, said));
    return this;
  }

  @CanIgnoreReturnValue
  Members with(String name, OptionalDouble value) {
    value.ifPresent(said -> members.put(name, said));
    return this;
  }

  Map<String, @Nullable Object> toMap() {
    return members;
  }
}

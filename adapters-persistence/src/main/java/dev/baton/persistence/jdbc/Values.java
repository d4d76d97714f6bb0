package dev.baton.persistence.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The parameters of a prepared statement, given in the order in which they stand in its text. */
public final class Values {
  private final PreparedStatement statement;
  private int last;

  Values(PreparedStatement statement) {
    this.statement = statement;
  }

  @CanIgnoreReturnValue
  public Values text(@Nullable String value) throws SQLException {
    if (value == null) {
      return none();
    }
    statement.setString(++last, value);
    return this;
  }

  @CanIgnoreReturnValue
  public Values text(Optional<String> value) throws SQLException {
    return text(value.orElse(null));
  }

  @CanIgnoreReturnValue
  public Values number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  @CanIgnoreReturnValue
  public Values number(OptionalInt value) throws SQLException {
    return value.isPresent() ? number(value.getAsInt()) : none();
  }

  @CanIgnoreReturnValue
  public Values real(OptionalDouble value) throws SQLException {
    if (value.isEmpty()) {
      return none();
    }
    statement.setDouble(++last, value.getAsDouble());
    return this;
  }

  @CanIgnoreReturnValue
  public Values flag(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  @CanIgnoreReturnValue
  public Values instant(Instant value) throws SQLException {
    return number(value.toEpochMilli());
  }

  @CanIgnoreReturnValue
  public Values instant(Optional<Instant> value) throws SQLException {
    return value.isPresent() ? instant(value.get()) : none();
  }

  @CanIgnoreReturnValue
  public Values bytes(byte[] value) throws SQLException {
    statement.setBytes(++last, value);
    return this;
  }

  @CanIgnoreReturnValue
  public Values none() throws SQLException {
    statement.setNull(++last, Types.NULL);
    return this;
  }

  /** So many values that are absent. */
  @CanIgnoreReturnValue
  public Values none(int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      none();
    }
    return this;
  }
}

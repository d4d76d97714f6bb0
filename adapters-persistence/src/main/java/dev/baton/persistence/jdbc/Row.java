package dev.baton.persistence.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read in the order in which the query names them. */
public final class Row {
  private final ResultSet columns;
  private int last;

  /** The row on which {@code columns} stands. */
  public Row(ResultSet columns) {
    this.columns = columns;
  }

  public String text() throws SQLException {
    return columns.getString(++last);
  }

  public @Nullable String textOrNull() throws SQLException {
    return columns.getString(++last);
  }

  public Optional<String> optionalText() throws SQLException {
    return Optional.ofNullable(textOrNull());
  }

  public long number() throws SQLException {
    return columns.getLong(++last);
  }

  public Optional<Long> optionalNumber() throws SQLException {
    long value = number();
    return columns.wasNull() ? Optional.empty() : Optional.of(value);
  }

  public int integer() throws SQLException {
    return columns.getInt(++last);
  }

  public OptionalInt optionalInteger() throws SQLException {
    int value = integer();
    return columns.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  public OptionalDouble optionalReal() throws SQLException {
    double value = columns.getDouble(++last);
    return columns.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public boolean flag() throws SQLException {
    return integer() == 1;
  }

  public Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  public Optional<Instant> optionalInstant() throws SQLException {
    long millis = number();
    return columns.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  public byte[] bytes() throws SQLException {
    return columns.getBytes(++last);
  }

  /**
   * Passes over columns that need not be read: reading one costs about as much as finding a row.
   */
  @CanIgnoreReturnValue
  public Row skip(int count) {
    last += count;
    return this;
  }
}

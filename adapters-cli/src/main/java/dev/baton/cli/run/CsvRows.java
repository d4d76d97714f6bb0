package dev.baton.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** CSV with a header row (RFC 4180): quoted cells may hold line ends. */
final class CsvRows implements RowSource {
  private static final int CELL_MAX = 4 * 1024 * 1024;

  private final MappingIterator<Map<String, String>> rows;
  private int number;

  private CsvRows(MappingIterator<Map<String, String>> rows) {
    this.rows = rows;
  }

  static CsvRows open(Path file) throws IOException {
    Reader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    skipMark(reader);
    return new CsvRows(rows(reader));
  }

  private static void skipMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  /** Each row by the names of the header. */
  static MappingIterator<Map<String, String>> rows(Reader reader) throws IOException {
    CsvFactory factory = new CsvFactory();
    factory.setStreamReadConstraints(
        StreamReadConstraints.builder().maxStringLength(CELL_MAX).build());
    return new CsvMapper(factory)
        .readerForMapOf(String.class)
        .with(CsvSchema.emptySchema().withHeader())
        .with(CsvParser.Feature.SKIP_EMPTY_LINES)
        .with(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
        .readValues(reader);
  }

  @Override
  public Optional<Row> next() throws IOException {
    long line = -1;
    try {
      if (!rows.hasNextValue()) {
        return Optional.empty();
      }
      checkHeader();
      number++;
      line = rows.getParser().currentLocation().getLineNr();
      return Optional.of(Row.good(number, line, Items.of(rows.nextValue())));
    } catch (Items.BadRowException e) {
      return Optional.of(Row.bad(number, line, String.valueOf(e.getMessage())));
    } catch (CharacterCodingException e) {
      throw new IOException("row " + (number + 1) + " is not UTF-8: convert the file first", e);
    } catch (JsonProcessingException e) {
      // After a broken quote or a missing cell nobody knows where the next row begins.
      throw new IOException(
          "row %d, line %d: %s"
              .formatted(Math.max(1, number), e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (RuntimeJsonMappingException e) {
      throw new IOException("row " + (number + 1) + ": " + e.getMessage(), e);
    }
  }

  /** Without the column no row can be used: that is said once, and where the header is. */
  private void checkHeader() throws IOException {
    if (number == 0 && header().column("prompt") == null) {
      throw new IOException("line 1: the header has no column 'prompt'");
    }
  }

  private CsvSchema header() {
    return (CsvSchema) rows.getParser().getSchema();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}

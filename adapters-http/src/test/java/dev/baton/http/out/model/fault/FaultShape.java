package dev.baton.http.out.model.fault;

import com.google.common.base.Splitter;
import dev.baton.core.domain.prompt.ModelFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A row of the documented table of vendors' faults.
 *
 * @param status of the reply; 200 where the error stands in an answer or a stream
 */
public record FaultShape(String vendor, int status, String body, ModelFault fault, String source) {
  private static final Path PAGE = Path.of("../docs/operating/provider-faults.md");
  private static final int OK = 200;

  /** All rows of the page. */
  public static Stream<FaultShape> all() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> Splitter.on(" | ").splitToList(line.substring(2, line.length() - 2)))
        .map(
            cells ->
                new FaultShape(
                    cells.get(0),
                    Integer.parseInt(cells.get(1)),
                    cells.get(2).substring(1, cells.get(2).length() - 1),
                    ModelFault.valueOf(cells.get(3)),
                    cells.get(4)));
  }

  /** Whether the error stands where an answer would. */
  public boolean isInAnswer() {
    return status == OK;
  }

  ErrorText said() {
    return ErrorText.of(body);
  }

  /** The status by which it is classed. */
  int classed() {
    return isInAnswer() ? said().status().orElse(FaultTable.NO_STATUS) : status;
  }
}

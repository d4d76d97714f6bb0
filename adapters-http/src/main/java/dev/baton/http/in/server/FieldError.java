package dev.baton.http.in.server;

import java.util.List;

/**
 * What is wrong with one value of a request.
 *
 * @param loc where: {@code body}, {@code query} or {@code path}, then member names and indices
 * @param msg for people
 * @param type for programs, in FastAPI's words: {@code missing}, {@code string_type} ...
 */
public record FieldError(List<Object> loc, String msg, String type) {
  public FieldError {
    loc = List.copyOf(loc);
  }

  /** The place within the body as a JSON pointer (RFC 6901); empty for the body as a whole. */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    for (Object step : loc.subList(1, loc.size())) {
      pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}

package dev.baton.http.in.api;

import com.google.common.base.Splitter;
import java.util.ArrayList;
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

  /** As {@link #FieldError}, with the place as the JSON pointer into the body that it is. */
  public static FieldError at(String pointer, String msg, String type) {
    List<Object> loc = new ArrayList<>();
    loc.add("body");
    for (String step : Splitter.on('/').split(pointer.isEmpty() ? "" : pointer.substring(1))) {
      loc.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new FieldError(pointer.isEmpty() ? List.of("body") : loc, msg, type);
  }

  /** The same of a value whose place is told from {@code place} on. */
  public FieldError within(List<Object> place) {
    List<Object> whole = new ArrayList<>(place);
    whole.addAll(loc);
    return new FieldError(whole, msg, type);
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

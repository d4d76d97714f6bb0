package dev.baton.core.usecase.batch;

import com.google.common.base.Ascii;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A batch that stands for a request to make one.
 *
 * @param replayed whether an earlier request of the same idempotency key made it
 * @param others names that rows had and that mean nothing here, the first {@link #OTHERS_MAX} of
 *     them, each cut to {@link #NAME_MAX} characters; what they say went into the metadata. None of
 *     one that is replayed
 */
public record CreatedBatch(BatchView view, boolean replayed, List<String> others) {
  public static final int OTHERS_MAX = 20;
  public static final int NAME_MAX = 128;

  public CreatedBatch {
    others = List.copyOf(others);
  }

  /** The same, with names that another reader of its rows found. */
  public CreatedBatch naming(Collection<String> names) {
    return new CreatedBatch(
        view,
        replayed,
        Stream.concat(others.stream(), names.stream())
            .map(name -> Ascii.truncate(name, NAME_MAX, "..."))
            .distinct()
            .limit(OTHERS_MAX)
            .toList());
  }
}

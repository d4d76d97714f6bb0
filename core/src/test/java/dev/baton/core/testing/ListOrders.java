package dev.baton.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import com.google.common.primitives.UnsignedBytes;
import dev.baton.core.domain.id.ListOrder;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Orders of lists in memory. */
final class ListOrders {

  private ListOrders() {}

  static <T> Comparator<T> of(ListOrder order, Function<T, String> name, ToLongFunction<T> seq) {
    Comparator<T> made = Comparator.comparingLong(seq);
    Comparator<T> named =
        Comparator.comparing(
            item -> Ascii.toLowerCase(name.apply(item)).getBytes(UTF_8),
            UnsignedBytes.lexicographicalComparator());
    Comparator<T> ascending = order.by() == ListOrder.By.NAME ? named.thenComparing(made) : made;
    return order.ascending() ? ascending : ascending.reversed();
  }
}

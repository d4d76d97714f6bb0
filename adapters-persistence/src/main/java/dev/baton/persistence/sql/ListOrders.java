package dev.baton.persistence.sql;

import dev.baton.core.domain.id.ListOrder;

/** How a page of a list is sorted and cut out, to stand at the end of its statement. */
final class ListOrders {

  private ListOrders() {}

  static String sql(ListOrder order) {
    return switch (order.by()) {
      case CREATED ->
          order.ascending()
              ? " ORDER BY seq LIMIT ? OFFSET ?"
              : " ORDER BY seq DESC LIMIT ? OFFSET ?";
      case NAME ->
          order.ascending()
              ? " ORDER BY name COLLATE NOCASE, seq LIMIT ? OFFSET ?"
              : " ORDER BY name COLLATE NOCASE DESC, seq DESC LIMIT ? OFFSET ?";
    };
  }
}

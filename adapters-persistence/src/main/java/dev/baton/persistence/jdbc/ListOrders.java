package dev.baton.persistence.jdbc;

import dev.baton.core.domain.id.ListOrder;

/** How a page of a list is sorted and cut out, to stand at the end of its statement. */
public final class ListOrders {

  private ListOrders() {}

  public static String sql(ListOrder order, Dialect dialect) {
    String way = order.ascending() ? "" : " DESC";
    String columns =
        switch (order.by()) {
          case CREATED -> "seq" + way;
          case NAME -> dialect.caseless("name") + way + ", seq" + way;
        };
    return " ORDER BY " + columns + " LIMIT :max OFFSET :skip";
  }
}

package dev.baton.http.in.runner.shared;

import dev.baton.core.domain.id.ListOrder;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.List;
import java.util.Map;

/**
 * Which part of a list is asked for.
 *
 * @param number from 1
 * @param limit items on a page, 1 to 100
 * @param sort one of the route's sort fields
 */
public record PageRequest(int number, int limit, String sort, boolean ascending) {
  public static final int LIMIT_DEFAULT = 10;
  public static final int LIMIT_MAX = 100;

  /** What lists of things with a name are sorted by. */
  public static final List<String> NAMED = List.of("createdAt", "name");

  private static final List<String> ORDERS = List.of("asc", "desc");
  private static final RouteDoc.Parameter PAGE =
      parameter("page", "Counted from 1.", Schemas.integer("A page.", 1, Integer.MAX_VALUE), 1)
          .shared("Page");
  private static final RouteDoc.Parameter LIMIT =
      parameter("limit", "Items on a page.", Schemas.integer("Items.", 1, LIMIT_MAX), LIMIT_DEFAULT)
          .shared("Limit");
  private static final RouteDoc.Parameter ORDER =
      parameter("order", "Which way to sort.", words("A direction.", ORDERS), "desc")
          .shared("Order");

  /**
   * What the query says.
   *
   * @param sorts the fields that may be sorted by, the default first
   */
  public static PageRequest of(Request request, List<String> sorts) {
    return new PageRequest(
        request.queryInt("page", 1, 1, Integer.MAX_VALUE),
        request.queryInt("limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
        Params.word(request, "sort", sorts).orElse(sorts.get(0)),
        Params.word(request, "order", ORDERS).orElse("desc").equals("asc"));
  }

  /** Items before this page. */
  public long offset() {
    return (number - 1L) * limit;
  }

  /** How a list is sorted by one of {@link #NAMED}. */
  public ListOrder listOrder() {
    return new ListOrder(sort.equals("name") ? ListOrder.By.NAME : ListOrder.By.CREATED, ascending);
  }

  /** The {@code pagination} of a page of a list with so many items. */
  public Pagination pagination(long total) {
    return new Pagination(number, limit, total, (total + limit - 1) / limit);
  }

  /** This page of a list that is there as a whole. */
  public <T> List<T> of(List<T> all) {
    int from = (int) Math.min(offset(), all.size());
    return all.subList(from, Math.min(from + limit, all.size()));
  }

  /** Says in a route's documentation what {@link #of(Request, List)} reads. */
  public static RouteDoc.Builder document(RouteDoc.Builder doc, List<String> sorts) {
    return doc.parameter(PAGE)
        .parameter(LIMIT)
        .query("sort", "What to sort by.", defaulting(words("A field.", sorts), sorts.get(0)))
        .parameter(ORDER);
  }

  private static RouteDoc.Parameter parameter(
      String name, String description, Map<String, Object> schema, Object absent) {
    return new RouteDoc.Parameter(name, "query", description, false, defaulting(schema, absent));
  }

  private static Map<String, Object> words(String description, List<String> words) {
    return Schemas.with(Schemas.string(description), "enum", words);
  }

  private static Map<String, Object> defaulting(Map<String, Object> schema, Object value) {
    return Schemas.with(schema, "default", value);
  }
}

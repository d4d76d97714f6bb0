package dev.baton.http.in.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Priority;
import dev.baton.core.usecase.task.Replacement;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BodyTest {
  private static final Body<Order> ORDER = Body.of(Order.class);
  private static final Body<Edit> EDIT = Body.of(Edit.class);

  /** A body with a member of each kind. */
  @Doc("An order.")
  record Order(
      @Doc(value = "Whose.", example = "you") @Bounds(min = 1, max = 5) String name,
      @Doc("How many.") @Bounds(min = 1, max = 9) OptionalInt count,
      @Doc("When.") Optional<Instant> at,
      @Doc("Where.") Optional<QueueName> queue,
      @Doc("How early.") Optional<Priority> priority,
      @Doc("What else.") @Bounds(max = 20) Optional<RawObject> more,
      @Doc("In parts.") @Bounds(max = 3) Optional<List<Part>> parts) {
    Order {
      if (name.equals("bad")) {
        throw FieldErrors.invalid("is bad", "value_error", "name");
      }
    }
  }

  /** A part of an order. */
  record Part(@Doc("Its size.") @Bounds(max = 9) int size, @Doc("Its mark.") Optional<Mark> mark) {}

  /** A mark, which has a rule of its own. */
  record Mark(@Doc("A text.") @Bounds(max = 9) String text) {
    Mark {
      if (text.isBlank()) {
        throw FieldErrors.invalid("is blank", "value_error", "text");
      }
    }
  }

  /** A change. */
  @Change(immutable = {"id"})
  record Edit(
      @Doc("Whose.") @Bounds(max = 5) Optional<String> name,
      @Doc("When.") Replacement<Instant> at) {}

  /** An order whose parts stand in its place. */
  record Flat(
      @Doc("When.") Optional<Instant> at,
      @JsonUnwrapped Part part,
      @JsonUnwrapped Mark own,
      @Doc("Last.") @Bounds(max = 9) OptionalInt last) {}

  /** A reply. */
  record View(
      String id,
      Optional<Instant> at,
      @Nullable Double cost,
      Priority priority,
      RawObject meta,
      Optional<RawArray> turns) {}

  private static <T extends Record> T read(Body<T> body, String json) {
    return body.bind(JsonReader.read(body.shape(), json.getBytes(UTF_8)));
  }

  private static List<FieldError> wrong(Body<?> body, String json, ErrorCode code) {
    try {
      read(body, json);
    } catch (FieldErrors e) {
      assertThat(e.code()).isEqualTo(code);
      return e.errors();
    }
    throw new AssertionError("it was taken: " + json);
  }

  @Test
  void body_isReadAsItsRecord() {
    Order order =
        read(
            ORDER,
            "{\"name\":\"you\",\"count\":2,\"at\":\"2025-01-01T00:00:00Z\",\"queue\":\"q\","
                + "\"priority\":\"high\",\"more\":{ \"a\" : 1},\"parts\":[{\"size\":1}]}");

    assertThat(order)
        .isEqualTo(
            new Order(
                "you",
                OptionalInt.of(2),
                Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                Optional.of(new QueueName("q")),
                Optional.of(Priority.HIGH),
                Optional.of(new RawObject("{ \"a\" : 1}")),
                Optional.of(List.of(new Part(1, Optional.empty())))));
  }

  @Test
  void absentOrNull_isEmpty_andNoDefault() {
    Order order = read(ORDER, "{\"name\":\"you\",\"count\":null}");

    assertThat(order.count()).isEmpty();
    assertThat(order.priority()).isEmpty();
  }

  @Test
  void typesOfTexts_areRefusedAllAtOnce_eachAtItsPlace() {
    assertThat(
            wrong(
                ORDER,
                "{\"name\":\"you\",\"at\":\"soon\",\"queue\":\"a b\"}",
                ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::pointer)
        .containsExactly("/at", "/queue");
  }

  @Test
  void whatAConstructorRefuses_isToldWhereItsRecordStands() {
    assertThat(wrong(ORDER, "{\"name\":\"bad\"}", ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::pointer)
        .containsExactly("/name");
    assertThat(
            wrong(
                ORDER,
                "{\"name\":\"you\",\"parts\":[{\"size\":1},{\"size\":1,\"mark\":{\"text\":\""
                    + " \"}}]}",
                ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::pointer)
        .containsExactly("/parts/1/mark/text");
  }

  @Test
  void change_tellsNotMentionedFromTakenAwayFromGiven() {
    assertThat(read(EDIT, "{}").at()).isEqualTo(Replacement.keep());
    assertThat(read(EDIT, "{\"at\":null}").at()).isEqualTo(Replacement.removal());
    assertThat(read(EDIT, "{\"at\":\"2025-01-01T00:00:00Z\"}").at())
        .isEqualTo(Replacement.by(Instant.parse("2025-01-01T00:00:00Z")));
  }

  @Test
  void change_refusesNullForWhatStays_andWhatNobodyMayChange() {
    assertThat(wrong(EDIT, "{\"name\":null}", ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::type)
        .containsExactly("null");
    assertThat(wrong(EDIT, "{\"id\":null,\"name\":null}", ErrorCode.IMMUTABLE_FIELD))
        .extracting(FieldError::pointer)
        .containsExactly("/id");
  }

  @Test
  void bounds_areThoseOfTheRecord() {
    assertThatExceptionOfType(FieldErrors.class)
        .isThrownBy(() -> read(ORDER, "{\"name\":\"longer\",\"count\":10}"))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("/name", "/count"));
  }

  @Test
  void schema_saysTheSame() {
    Map<String, Object> schema = Components.of(Order.class).schema().get();

    assertThat(schema).containsEntry("description", "An order.");
    assertThat(schema).containsEntry("required", List.of("name"));
    Map<?, ?> properties = requireNonNull((Map<?, ?>) schema.get("properties"));
    assertThat(properties.get("name"))
        .isEqualTo(
            Map.of(
                "type",
                "string",
                "minLength",
                1L,
                "maxLength",
                5L,
                "description",
                "Whose.",
                "example",
                "you"));
    assertThat(properties.get("count"))
        .isEqualTo(
            Map.of("type", "integer", "minimum", 1L, "maximum", 9L, "description", "How many."));
    assertThat(requireNonNull((Map<?, ?>) properties.get("priority")).get("$ref"))
        .isEqualTo(Components.of(Priority.class));
  }

  @Test
  void unwrappedRecord_isReadCheckedDescribedAndWrittenInItsPlace() throws JsonProcessingException {
    Body<Flat> flat = Body.of(Flat.class);
    String json = "{\"size\":3,\"mark\":{\"text\":\"m\"},\"text\":\"x\",\"last\":2}";

    Flat read = read(flat, json);

    assertThat(read.part()).isEqualTo(new Part(3, Optional.of(new Mark("m"))));
    assertThat(read.own().text()).isEqualTo("x");
    assertThat(read.last()).hasValue(2);
    assertThat(Json.mapper().writeValueAsString(read)).isEqualTo(json);
    assertThat(wrong(flat, "{\"size\":10}", ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("/size", "/text");
    assertThat(wrong(flat, "{\"size\":1,\"text\":\" \"}", ErrorCode.VALIDATION_FAILED))
        .extracting(FieldError::pointer)
        .containsExactly("/text");
    Map<String, Object> schema = Components.of(Flat.class).schema().get();
    assertThat(schema).containsEntry("required", List.of("size", "text"));
    assertThat(requireNonNull((Map<?, ?>) schema.get("properties")).keySet())
        .isEqualTo(Set.of("at", "size", "mark", "text", "last"));
  }

  @Test
  void reply_isWrittenInTheOrderOfItsMembers_withoutWhatIsEmpty_withNullWhereItIsNullable() {
    View view =
        new View(
            "a",
            Optional.empty(),
            null,
            Priority.URGENT,
            new RawObject("{ \"x\" : 1.0}"),
            Optional.of(new RawArray("[ ]")));

    assertThat(new String(Json.encode(view), UTF_8))
        .isEqualTo(
            "{\"id\":\"a\",\"cost\":null,\"priority\":\"urgent\",\"meta\":{ \"x\" : 1.0},"
                + "\"turns\":[ ]}");
  }
}

package dev.baton.http.in.runner.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.input.NameRules;
import dev.baton.core.testing.ManualClock;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Strictness;
import dev.baton.http.in.json.Body;
import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.JsonReader;
import dev.baton.http.in.json.JsonShape;
import dev.baton.http.in.runner.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies, keys, pages and words of the query are read. */
final class BodiesTest {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("name", 10)
          .text(Idempotency.MEMBER, 255)
          .objects("items", JsonShape.builder().text("id", 9).build(), 3)
          .build();

  /** A body that may be left out. */
  record Named(@Bounds(max = 10) Optional<String> name) {}

  private final Envelope envelope = new Envelope(new ManualClock());

  private Reply post(boolean strict, Request.Builder request) {
    return new Bodies(new Strictness(strict))
        .reading(SHAPE, (asked, body) -> envelope.ok(body.values().text("name").orElse("none")))
        .handle(request.build());
  }

  private static Request.Builder posting(String json) {
    return Request.builder("POST", "/api/v1/x", TenantId.DEFAULT).json(json);
  }

  @Test
  void unknownMembers_areIgnoredAndNamedByPointer() {
    Answer answer =
        Answer.of(
            post(false, posting("{\"name\":\"n\",\"nmae\":1,\"items\":[{},{\"ID\":2,\"é\":3}]}")));

    assertThat(answer.data().asText()).isEqualTo("n");
    assertThat(answer.header(Strictness.IGNORED_MEMBERS)).contains("/nmae, /items/1/ID, ?");
  }

  @Test
  void unknownMembers_strictOrPreferred_areRefusedWithPointers() {
    String json = "{\"nmae\":1,\"items\":[{},{\"ID\":2}]}";

    assertThatThrownBy(() -> post(true, posting(json)))
        .isInstanceOfSatisfying(
            FieldErrors.class,
            refused ->
                assertThat(refused.errors())
                    .extracting(error -> error.pointer())
                    .containsExactly("/nmae", "/items/1/ID"));
    assertThatThrownBy(
            () -> post(false, posting(json).header("Prefer", "respond-async, Handling=strict")))
        .isInstanceOf(FieldErrors.class);
  }

  @Test
  void optionalBody_absent_isAnEmptyObject() {
    Reply reply =
        new Bodies(Strictness.LENIENT)
            .readingOptional(
                Body.of(Named.class), (asked, body) -> envelope.ok(body.name().isPresent()))
            .handle(Request.builder("POST", "/api/v1/x", TenantId.DEFAULT).build());

    assertThat(Answer.of(reply).data().asBoolean(true)).isFalse();
  }

  @Test
  void body_ofAnotherType_isRefused() {
    assertThatThrownBy(() -> post(false, posting("{}").header("Content-Type", "text/plain")))
        .isInstanceOfSatisfying(
            BatonException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
  }

  private static IdempotencyKey key(Request.Builder builder) {
    Request request = builder.build();
    return Idempotency.of(
            request,
            JsonReader.read(SHAPE, request.body()).text("idempotencyKey"),
            Repeat.ofObject("POST /x"))
        .orElseThrow();
  }

  @Test
  void idempotencyKey_isTakenFromHeaderBareOrQuotedOrFromTheBody() {
    IdempotencyKey bare = key(posting("{\"name\":\"n\"}").header("Idempotency-Key", "k 1"));
    IdempotencyKey quoted = key(posting("{ \"name\":\"n\" }").header("idempotency-key", "\"k 1\""));
    IdempotencyKey member = key(posting("{\"idempotencyKey\":\"k 1\",\"name\":\"n\"}"));

    assertThat(bare.value()).isEqualTo("k 1");
    assertThat(quoted).isEqualTo(bare);
    assertThat(member).isEqualTo(bare);
  }

  @Test
  void fingerprint_differsByContentOnly() {
    IdempotencyKey first =
        key(posting("{\"name\":\"n\",\"items\":[]}").header("Idempotency-Key", "k"));

    assertThat(key(posting("{\"items\":[ ], \"name\":\"n\"}").header("Idempotency-Key", "k")))
        .isEqualTo(first);
    assertThat(
            key(posting("{\"name\":\"m\",\"items\":[]}").header("Idempotency-Key", "k"))
                .fingerprint())
        .isNotEqualTo(first.fingerprint());
  }

  @Test
  void idempotencyKeys_thatDisagree_areRefused() {
    assertThatThrownBy(
            () -> key(posting("{\"idempotencyKey\":\"a\"}").header("Idempotency-Key", "b")))
        .isInstanceOf(FieldErrors.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "é", "a\u0001"})
  void idempotencyKey_thatIsNone_isRefused(String value) {
    assertThatThrownBy(() -> key(posting("{}").header("Idempotency-Key", value)))
        .isInstanceOf(FieldErrors.class);
  }

  private static PageRequest page(String query) {
    return PageRequest.of(
        Request.builder("GET", "/x", TenantId.DEFAULT).query(query).build(),
        List.of("createdAt", "name"));
  }

  @Test
  void page_defaultsAndBounds() {
    assertThat(page("")).isEqualTo(new PageRequest(1, 10, "createdAt", false));
    assertThat(page("page=1000000000&limit=100&sort=name&order=asc"))
        .isEqualTo(new PageRequest(1_000_000_000, 100, "name", true));
    assertThat(page("page=1000000000&limit=100").offset()).isEqualTo(99_999_999_900L);
    assertThat(page("page=2&limit=2").of(List.of("a", "b", "c"))).containsExactly("c");
    assertThat(page("page=9").of(List.of("a"))).isEmpty();
    assertThat(page("page=2&limit=10").pagination(21)).isEqualTo(new Pagination(2, 10, 21, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=0",
        "page=-1",
        "page=abc",
        "page=1.5",
        "page=2147483648",
        "limit=0",
        "limit=101",
        "limit=-1",
        "sort=createdAt;drop",
        "sort=password",
        "order=sideways",
        "order=ASC"
      })
  void page_wrong_isRefused(String query) {
    assertThatThrownBy(() -> page(query)).isInstanceOf(FieldErrors.class);
  }

  @ParameterizedTest
  @CsvSource({
    "at=2025-01-01T00:00:00Z,2025-01-01T00:00:00.000Z",
    "at=2025-01-01T02:00:00%2B02:00,2025-01-01T00:00:00.000Z",
    "at=2025-01-01T02:00:00+02:00,2025-01-01T00:00:00.000Z",
    "at=2025-01-01T00:00:00.123456Z,2025-01-01T00:00:00.123Z"
  })
  void instant_withAnyOffset_isRead(String query, String read) {
    Request request = Request.builder("GET", "/x", TenantId.DEFAULT).query(query).build();

    assertThat(Instants.text(Params.instant(request, "at").orElseThrow())).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at=yesterday", "at=2025-01-01", "at=2025-13-01T00:00:00Z", "at="})
  void instant_wrong_isRefused(String query) {
    Request request = Request.builder("GET", "/x", TenantId.DEFAULT).query(query).build();

    assertThatThrownBy(() -> Params.instant(request, "at")).isInstanceOf(FieldErrors.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "../x", "..", ".", "con", "NUL", "com1.txt", "é", ""})
  void id_thatIsNoGoodName_isRefused(String id) {
    assertThat(NameRules.isId(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"task-001", "a", "constant", "com10", "v1.2", "a:b"})
  void id_thatIsGood_isTaken(String id) {
    assertThat(NameRules.isId(id)).isTrue();
  }
}

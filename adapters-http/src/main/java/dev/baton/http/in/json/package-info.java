/**
 * JSON on the server's side: members are declared once, as the components of a record. From them
 * come the check of a body, its reading, its schema in the OpenAPI documents and the writing of a
 * reply. Nothing else is needed: no shape, no reader, no map, no schema by hand.
 *
 * <h2>A reply</h2>
 *
 * <pre>{@code
 * @Doc("A webhook.")                                     // the schema's description
 * record WebhookView(
 *     @Doc(value = "Its id.", example = "wh_1") String id,
 *     @Doc("Why nothing is sent.") Optional<String> disabledReason,   // left out when empty
 *     @Doc("When it is tried next.") @Nullable Instant next,          // written as null
 *     @Doc("What it is told of.") List<WebhookTopic> events,
 *     @Doc("Where it is.") State state) {}                             // an enum: "pending"
 *
 * webhooks.get(PATH, "getWebhook", "Get a webhook")      // runner: in its envelope
 *     .answer(WebhookView.class)
 *     .from(request -> futureOfView);
 * doc.answer(200, "Found.", Components.ref(WebhookView.class));        // anywhere else
 * }</pre>
 *
 * <p>Members are written in the order of the components. Instants are ISO 8601 in UTC with three
 * digits of the second, durations are seconds, enums lower-case words; {@link RawObject} and {@link
 * RawArray} are passed on byte for byte, and {@link Holds} names the record that describes what is
 * in them. A member whose name is no name of Java's has {@code @JsonProperty("prompt_tokens")}. The
 * members of a record that is {@code @JsonUnwrapped} stand in its place, here and in a body. A
 * sealed interface of records is described as one object with the members of all.
 *
 * <p>A record becomes a component of the document under its simple name (with that of the type
 * around it before it, if any), or under {@code Doc.name()}: the name of a class in clients that
 * are generated, and unique over all dialects (asking for the document fails otherwise). Give a
 * name where the simple one is not telling enough by itself.
 *
 * <h2>A request body</h2>
 *
 * <pre>{@code
 * record NewWebhook(
 *     @Doc("Where messages go.") @Bounds(max = 8_192) String url,      // required
 *     @Doc("What it is told of.") @Bounds(max = 50, each = 100) List<String> events,
 *     @Doc("Made when absent.") @Bounds(max = 1_024) Optional<String> secret) {
 *   NewWebhook {                                          // what no annotation can say
 *     if (events.isEmpty()) {
 *       throw FieldErrors.invalid("List should have at least 1 item", "too_short", "events");
 *     }
 *   }
 * }
 *
 * static final Body<NewWebhook> NEW = Body.of(NewWebhook.class);
 *
 * webhooks.post(...).answer(...).reading(NEW, this::create)  // runner: the body and its schema
 * Bodies.posting(NEW, this::create)                      // bridge: Reply create(Request, NewWebhook)
 * RouteDoc.of(...).body(NEW.schema(), example)           // and its schema
 * }</pre>
 *
 * <p>Every text, number and list has its {@link Bounds}. The body is read in one pass by the strict
 * reader behind {@link JsonShape}: all wrong values at once, each with its pointer; unknown members
 * reported; doubled members, depth and sizes refused. Then the record is made, and what its
 * constructor refuses by {@code FieldErrors} is told by the names of its own members, wherever the
 * record stands in the body.
 *
 * <p><b>Absent, null and the default are three things.</b> {@code Optional} (or {@code OptionalInt}
 * and the like) is empty when the member is absent or {@code null}; the default is the core's to
 * add. In a record that changes something, marked {@link Change}, {@code null} is refused for
 * these, and a member that may be taken away is a {@code Replacement}: not mentioned, taken away,
 * or given. {@code Change.immutable} lists members that are refused whatever they hold.
 *
 * <p>Objects that are declared elsewhere, as the core declares the members of a task, are {@code
 * JsonValues} with {@link Declared}.
 *
 * <p>Types of texts (instants, queue names, time zones) are parsed before the constructor runs;
 * {@link TextType} lists them.
 *
 * <h2>The hot path</h2>
 *
 * <p>Where a reflective call for each request is too dear, the same declaration serves: {@code
 * Body.shape()} reads the body, {@link JsonValues} gives its members one by one, and the schema
 * still comes from the record. A reply written by hand is documented by a record, too; a test holds
 * every reply of the dialects' tests against the document.
 */
@NullMarked
package dev.baton.http.in.json;

import org.jspecify.annotations.NullMarked;

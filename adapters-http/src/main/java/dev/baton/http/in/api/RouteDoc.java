package dev.baton.http.in.api;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a route in the OpenAPI documents. Schemas are JSON Schema as plain maps, made
 * with {@link Schemas} or referring to a {@link Component}. Immutable.
 */
public final class RouteDoc {

  /**
   * A parameter of the path, the query or the header.
   *
   * @param component the name under which a document has it once; null where it stands inline
   */
  public record Parameter(
      String name,
      String in,
      String description,
      boolean required,
      Map<String, Object> schema,
      @Nullable String component) {
    public Parameter(
        String name, String in, String description, boolean required, Map<String, Object> schema) {
      this(name, in, description, required, schema, null);
    }

    /** The same, said once in a document. */
    public Parameter shared(String as) {
      return new Parameter(name, in, description, required, schema, as);
    }
  }

  /**
   * The request body, with an example that the schema accepts.
   *
   * @param required whether it has to be there
   * @param form what a form in its place holds, as {@code multipart/form-data}; null: none is taken
   */
  public record Body(
      Map<String, Object> schema,
      @Nullable Object example,
      boolean required,
      @Nullable Map<String, Object> form) {}

  /**
   * One answer; no schema means no body.
   *
   * @param contentTypes of its body: one, or those that the client may choose from
   * @param component the name under which a document has it once; null where it stands inline
   */
  public record Answer(
      String description,
      @Nullable Map<String, Object> schema,
      List<String> contentTypes,
      @Nullable String component) {
    public Answer {
      contentTypes = List.copyOf(contentTypes);
    }

    public Answer(
        String description, @Nullable Map<String, Object> schema, String... contentTypes) {
      this(description, schema, List.of(contentTypes), null);
    }

    /** An answer in JSON that many routes give, said once in a document. */
    public static Answer shared(String as, String description, Map<String, Object> schema) {
      return new Answer(description, schema, List.of(Reply.JSON_TYPE), as);
    }
  }

  private final Builder from;

  private RouteDoc(Builder from) {
    this.from = from;
  }

  /**
   * Starts a description.
   *
   * @param operationId unique over all dialects; names the function in generated clients
   * @param summary a line for people, at most 120 characters
   */
  public static Builder of(String operationId, String summary) {
    return new Builder(operationId, summary);
  }

  /** The same description, to be added to. */
  public Builder more() {
    Builder more = new Builder(from.operationId, from.summary);
    more.description = from.description;
    more.tags.addAll(from.tags);
    more.parameters.addAll(from.parameters);
    more.body = from.body;
    more.answers.putAll(from.answers);
    more.gptAction = from.gptAction;
    more.gptParameters.addAll(from.gptParameters);
    return more;
  }

  /** The description as a Custom GPT's action has it: parameters said for it replace the others. */
  public RouteDoc ofGptAction() {
    Builder action = more();
    action.parameters.replaceAll(
        parameter ->
            from.gptParameters.stream()
                .filter(said -> said.name().equals(parameter.name()))
                .findFirst()
                .orElse(parameter));
    return action.build();
  }

  public String operationId() {
    return from.operationId;
  }

  public String summary() {
    return from.summary;
  }

  /** The summary again when nothing more was said. */
  public String description() {
    return from.description;
  }

  public List<String> tags() {
    return List.copyOf(from.tags);
  }

  public List<Parameter> parameters() {
    return List.copyOf(from.parameters);
  }

  public @Nullable Body body() {
    return from.body;
  }

  /** By status. */
  public Map<Integer, Answer> answers() {
    return new LinkedHashMap<>(from.answers);
  }

  /** Whether the operation is part of the document for a Custom GPT's action. */
  public boolean gptAction() {
    return from.gptAction;
  }

  /** Collects what is said; not thread-safe. */
  public static final class Builder {
    private final String operationId;
    private final String summary;
    private String description;
    private final List<String> tags = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private @Nullable Body body;
    private final Map<Integer, Answer> answers = new TreeMap<>();
    private boolean gptAction;
    private final List<Parameter> gptParameters = new ArrayList<>();

    private Builder(String operationId, String summary) {
      this.operationId = operationId;
      this.summary = summary;
      this.description = summary;
    }

    @CanIgnoreReturnValue
    public Builder description(String description) {
      this.description = description;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder tag(String tag) {
      tags.add(tag);
      return this;
    }

    @CanIgnoreReturnValue
    public Builder query(String name, String description, Map<String, Object> schema) {
      return parameter(new Parameter(name, "query", description, false, schema));
    }

    /**
     * What a Custom GPT's action says of a query parameter, in place of what {@link #query} says:
     * there it has to be given.
     */
    @CanIgnoreReturnValue
    public Builder gptQuery(String name, String description, Map<String, Object> schema) {
      gptParameters.add(new Parameter(name, "query", description, true, schema));
      return this;
    }

    @CanIgnoreReturnValue
    public Builder parameter(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    @CanIgnoreReturnValue
    public Builder body(Map<String, Object> schema, @Nullable Object example) {
      body = new Body(schema, example, true, null);
      return this;
    }

    /** A body without an example beside those of its members. */
    @CanIgnoreReturnValue
    public Builder body(Map<String, Object> schema) {
      return body(schema, null);
    }

    /** A body that may be left out. */
    @CanIgnoreReturnValue
    public Builder optionalBody(Map<String, Object> schema) {
      body = new Body(schema, null, false, null);
      return this;
    }

    /** A body of JSON, or a form in its place. */
    @CanIgnoreReturnValue
    public Builder bodyOrForm(
        Map<String, Object> schema, @Nullable Object example, Map<String, Object> form) {
      body = new Body(schema, example, true, form);
      return this;
    }

    /** An answer in JSON. */
    @CanIgnoreReturnValue
    public Builder answer(int status, String description, Map<String, Object> schema) {
      return answer(status, new Answer(description, schema, Reply.JSON_TYPE));
    }

    /** An answer without a body. */
    @CanIgnoreReturnValue
    public Builder answer(int status, String description) {
      return answer(status, new Answer(description, null, Reply.JSON_TYPE));
    }

    @CanIgnoreReturnValue
    public Builder answer(int status, Answer answer) {
      answers.put(status, answer);
      return this;
    }

    /** Makes the operation part of the document for a Custom GPT's action. */
    @CanIgnoreReturnValue
    public Builder gptAction() {
      gptAction = true;
      return this;
    }

    /** The builder must not be used afterwards. */
    public RouteDoc build() {
      return new RouteDoc(this);
    }
  }
}

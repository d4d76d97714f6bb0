package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is said of a member, or of a record or enum as a whole, in the OpenAPI documents. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Doc {
  /** For people. */
  String value();

  /** A value as JSON; a text that is no JSON stands for itself. Empty for none. */
  String example() default "";

  /** Of a type: the component's name, where it is not the type's simple name. */
  String name() default "";
}

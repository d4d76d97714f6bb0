package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that changes something which exists: {@code null} is refused for what can be changed but
 * not taken away, which is every member but a {@code Replacement}. A list may be {@code null},
 * which changes nothing, as in any other record that is read.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Change {
  /** Members that are refused whatever they hold, with {@code IMMUTABLE_FIELD}. */
  String[] immutable() default {};
}

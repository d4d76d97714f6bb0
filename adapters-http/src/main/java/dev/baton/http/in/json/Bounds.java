package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The bounds of a member, both included: the value of a number, the UTF-16 units of a text, the
 * items of a list, the UTF-8 bytes of a {@link RawObject} or {@link RawArray}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Bounds {
  /** Checked for numbers only; of texts and lists it is documented. */
  long min() default 0;

  long max();

  /** Of a list of texts: the UTF-16 units of each. */
  int each() default 0;

  /** Of a text: what it has to match; documented, and checked by whoever reads it. */
  String pattern() default "";

  /** Of a text: {@code max} counts UTF-8 bytes, and a larger one makes the payload too large. */
  boolean bytes() default false;
}

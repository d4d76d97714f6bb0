package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The record that describes a {@link RawObject}, or each item of a {@link RawArray}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Holds {
  Class<? extends Record> value();

  /** Whether there may be other members than the described ones. */
  boolean more() default true;
}

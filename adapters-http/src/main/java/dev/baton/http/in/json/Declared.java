package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/** Objects whose members no record declares, read as {@link JsonValues}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Declared {
  /** Has a constructor without arguments. */
  Class<? extends Declaration> value();

  /** Declares the members in a record's place. */
  interface Declaration {
    JsonShape shape();

    Map<String, Object> schema();
  }
}

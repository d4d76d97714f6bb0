package dev.baton.http.in.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.Supplier;

/** The words that a text, or each text of a list, may be, where they are not an enum's. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Words {
  /** Has a constructor without arguments. */
  Class<? extends Supplier<List<String>>> value();
}

/** The protocols of providers: requests are written and answers are read. */
@NullMarked
package dev.baton.http.out.model.protocol;

import org.jspecify.annotations.NullMarked;

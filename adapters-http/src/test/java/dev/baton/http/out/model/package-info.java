/** Models behind servers that behave and that do not. */
@NullMarked
package dev.baton.http.out.model;

import org.jspecify.annotations.NullMarked;

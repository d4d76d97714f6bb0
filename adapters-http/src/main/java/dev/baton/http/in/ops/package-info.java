/** For whoever runs a Baton: is it alive, is it ready, what has it done. */
@NullMarked
package dev.baton.http.in.ops;

import org.jspecify.annotations.NullMarked;

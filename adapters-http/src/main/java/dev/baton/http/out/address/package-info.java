/** Which addresses of others may be called: URLs, names and networks, checked by rule. */
@NullMarked
package dev.baton.http.out.address;

import org.jspecify.annotations.NullMarked;

/** What the documents show is compiled and run. */
@NullMarked
package dev.baton.app.docs;

import org.jspecify.annotations.NullMarked;

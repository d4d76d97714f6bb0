/** What {@code baton bench} measures, each figure beside the raw limit of the same run. */
@NullMarked
package dev.baton.app.bench;

import org.jspecify.annotations.NullMarked;

/** What a configuration may say, and how it is refused. */
@NullMarked
package dev.baton.app.config;

import org.jspecify.annotations.NullMarked;

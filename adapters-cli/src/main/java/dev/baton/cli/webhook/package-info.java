/** The commands of webhooks. */
@NullMarked
package dev.baton.cli.webhook;

import org.jspecify.annotations.NullMarked;

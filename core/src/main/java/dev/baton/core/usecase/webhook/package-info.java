/** Webhooks: who is told of what, the messages, and their delivery. */
@NullMarked
package dev.baton.core.usecase.webhook;

import org.jspecify.annotations.NullMarked;

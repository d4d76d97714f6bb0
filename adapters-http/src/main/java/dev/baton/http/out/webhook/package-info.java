/** Carries messages to webhooks: signed, and through the guarded way out. */
@NullMarked
package dev.baton.http.out.webhook;

import org.jspecify.annotations.NullMarked;

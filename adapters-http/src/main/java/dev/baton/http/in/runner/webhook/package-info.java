/** Webhooks of the runner dialect, under {@code /api/v1/webhooks}. */
@NullMarked
package dev.baton.http.in.runner.webhook;

import org.jspecify.annotations.NullMarked;

/** What has happened, in the order of the log. Webhooks, streams and the audit read it. */
@NullMarked
package dev.baton.core.domain.event;

import org.jspecify.annotations.NullMarked;

/** What the resources of the runner dialect share: envelope, fields, pages, idempotency. */
@NullMarked
package dev.baton.http.in.runner.shared;

import org.jspecify.annotations.NullMarked;

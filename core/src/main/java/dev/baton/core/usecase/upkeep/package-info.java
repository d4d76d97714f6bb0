/** What has to be done from time to time: expired leases, start times, deadlines, retention. */
@NullMarked
package dev.baton.core.usecase.upkeep;

import org.jspecify.annotations.NullMarked;

/**
 * The dialect that bridges a Custom GPT, or any other worker that speaks HTTP, with whoever has
 * prompts to be answered: put a prompt, get one under a lease, post its answer. Errors look as
 * FastAPI's do, because the API this one continues was written with it.
 *
 * <p>Beside its three routes stand extensions in the same style for workers that want more: leases
 * by name, batches, heartbeats, failures, pieces of a running answer, and reading back. Each class
 * translates and decides nothing.
 */
@NullMarked
package dev.baton.http.in.bridge;

import org.jspecify.annotations.NullMarked;

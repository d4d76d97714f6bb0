package dev.baton.core.usecase.batch;

/**
 * A batch that stands for a request to make one.
 *
 * @param replayed whether an earlier request of the same idempotency key made it
 */
public record CreatedBatch(BatchView view, boolean replayed) {}

package dev.baton.cli.run;

import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.task.Priority;
import java.nio.file.Path;

/**
 * What a run does.
 *
 * @param name tells runs apart: rows of two runs never share a task
 * @param maxAttempts of each task, {@code RetryPolicy.UNLIMITED} for no bound
 * @param alone whether nobody else can answer while this run goes on: it has the database to itself
 * @param submitOnly whether to leave the answers to a later run
 * @param retryFailed whether rows that failed in an earlier run get another chance
 */
record RunOptions(
    Path input,
    String name,
    QueueName queue,
    Priority priority,
    int maxAttempts,
    boolean alone,
    boolean submitOnly,
    boolean retryFailed) {}

package dev.baton.app.architecture.offenders.http.in.runner.batch;

/** What belongs to the routes of batches. */
public final class BatchBody {}

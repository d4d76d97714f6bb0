package dev.baton.app.architecture.offenders.core.usecase.batch;

/** A use case of batches. */
public final class Import {}

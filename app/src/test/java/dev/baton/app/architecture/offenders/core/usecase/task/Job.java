package dev.baton.app.architecture.offenders.core.usecase.task;

/** A use case. */
public final class Job {}

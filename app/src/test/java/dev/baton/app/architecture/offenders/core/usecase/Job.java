package dev.baton.app.architecture.offenders.core.usecase;

/** A use case. */
public final class Job {}

package dev.baton.app.architecture.offenders.core.runtime;

/** A loop around a use case. */
public final class Loop {}

package dev.baton.app.architecture.offenders.core.domain.task;

/** A value that can be extended into anything. */
class Open {}

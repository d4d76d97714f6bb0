package dev.baton.app.architecture.offenders.core.domain.task;

/** A value that no other package uses. */
public record ShownInPublic(String text) {}

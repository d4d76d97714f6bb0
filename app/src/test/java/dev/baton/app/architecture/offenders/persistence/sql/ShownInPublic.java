package dev.baton.app.architecture.offenders.persistence.sql;

/** An adapter class that nobody listed. */
public final class ShownInPublic {}

package dev.baton.app.architecture.offenders.persistence.sql;

import dev.baton.app.architecture.offenders.core.port.Promised;

/** An implementation whose promise nobody tests. */
public final class Untested implements Promised {}

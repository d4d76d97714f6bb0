package dev.baton.app.architecture.offenders.http.in.bridge;

/** An adapter class that nobody listed. */
public final class ShownInPublic {}

package dev.baton.app.architecture.offenders.core.port;

/** A port with a contract. */
public interface Promised {}

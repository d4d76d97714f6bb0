package dev.baton.app.architecture.offenders.core.port;

/** A port without a contract. */
public interface Unpromised {}

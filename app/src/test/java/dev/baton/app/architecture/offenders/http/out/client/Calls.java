package dev.baton.app.architecture.offenders.http.out.client;

/** A calling class. */
public final class Calls {}

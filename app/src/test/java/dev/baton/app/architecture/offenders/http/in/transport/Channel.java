package dev.baton.app.architecture.offenders.http.in.transport;

/** A part of the transport. */
public final class Channel {}

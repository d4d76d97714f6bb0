package dev.baton.app.architecture.offenders.core.client;

/** What a client may ask for. */
public final class Client {}

package dev.baton.app.architecture.offenders.core.port;

/** What every implementation of the port is held to. */
abstract class PromisedContract {}

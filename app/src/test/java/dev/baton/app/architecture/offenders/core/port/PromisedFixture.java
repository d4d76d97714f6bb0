package dev.baton.app.architecture.offenders.core.port;

/** What the contracts share. */
abstract class PromisedFixture {}

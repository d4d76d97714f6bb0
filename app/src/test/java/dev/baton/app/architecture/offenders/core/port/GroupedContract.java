package dev.baton.app.architecture.offenders.core.port;

/** A contract that every implementation is held to. */
abstract class GroupedContract extends PromisedFixture {}

package dev.baton.app.architecture.offenders.core.port;

/** A contract that no implementation is held to. */
abstract class ForgottenContract extends PromisedFixture {}

package dev.baton.app.architecture.offenders.unmarked;

/** A class that NullAway does not look into. */
final class Forgotten {}

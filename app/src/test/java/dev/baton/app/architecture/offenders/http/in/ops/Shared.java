package dev.baton.app.architecture.offenders.http.in.ops;

/** What another dialect borrows. */
public final class Shared {}

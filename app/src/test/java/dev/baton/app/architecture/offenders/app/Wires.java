package dev.baton.app.architecture.offenders.app;

/** What joins the parts. */
public final class Wires {}

package dev.baton.app.architecture.offenders.http.in.ops;

/** A wire record that another dialect can reach. */
public record WireBody(String text) {}

package dev.baton.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** What the doctor looks at beside the database. */
final class HostFacts {
  private static final int JAVA_MIN = 17;

  private HostFacts() {}

  static Finding java(Runtime.Version version) {
    return version.feature() >= JAVA_MIN
        ? Finding.ok("java", version.toString())
        : Finding.fail("java", version + ": install Java " + JAVA_MIN + " or newer");
  }

  static Finding port(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Finding.ok("port", port + " is free");
    } catch (IOException e) {
      return Finding.warn(
          "port", port + " is taken: serve on another one with --port, or end what has it");
    }
  }
}

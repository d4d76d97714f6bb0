package dev.baton.http.out.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;

/** Connects to an address. */
interface Dialer {
  /** Straight, whatever proxy the environment or the system properties name. */
  Dialer DIRECT = Dialer::direct;

  /**
   * Opens a connection.
   *
   * @param closing is told the socket before it connects, so that a call that is given up ends here
   */
  Socket dial(InetSocketAddress address, Duration timeout, Opened closing) throws IOException;

  /** Is told of a socket. */
  interface Opened {
    void opened(Socket socket) throws IOException;
  }

  private static Socket direct(InetSocketAddress address, Duration timeout, Opened closing)
      throws IOException {
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      closing.opened(socket);
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) Math.max(1, timeout.toMillis()));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}

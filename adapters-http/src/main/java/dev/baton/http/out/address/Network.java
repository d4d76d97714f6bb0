package dev.baton.http.out.address;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/** A block of addresses such as {@code 10.0.0.0/8}. */
record Network(InetAddress base, int prefix) {

  /**
   * Reads a block, or a single address.
   *
   * @param text an address, or an address and the number of its leading bits that count
   * @throws IllegalArgumentException when it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash));
    int bits = base.getAddress().length * 8;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("a prefix is from 0 to " + bits + ": " + text);
    }
    return new Network(base, prefix);
  }

  /** Never for an address of the other family. */
  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int i = 0; i < mine.length; i++) {
      int bits = Math.min(8, Math.max(0, prefix - 8 * i));
      int mask = 0xff00 >> bits & 0xff;
      if ((mine[i] & mask) != (other[i] & mask)) {
        return false;
      }
    }
    return true;
  }
}

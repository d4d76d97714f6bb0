package dev.baton.app.architecture;

import java.util.Set;
import java.util.TreeSet;

/**
 * A tree of packages laid out as the program is: the program itself, or the planted offenders.
 * Keeps what the rules name, because a rule about a package that does not exist never fails.
 */
final class House {
  private final String root;
  private final int filesAtMost;
  private final Set<String> rooms = new TreeSet<>();
  private final Set<String> foreign = new TreeSet<>();

  private House(String root, int filesAtMost) {
    this.root = root;
    this.filesAtMost = filesAtMost;
  }

  static House system() {
    return new House(Codebase.ROOT, 25);
  }

  /** The planted offenders, with a bound that does not take 26 files to pass. */
  static House offenders() {
    return new House(Codebase.OFFENDERS_ROOT, 12);
  }

  /** The pattern of a package of ours and all beneath it. */
  String in(String room) {
    return exactly(room) + "..";
  }

  /** The patterns of several. */
  String[] inAny(String... names) {
    return Set.of(names).stream().map(this::in).toArray(String[]::new);
  }

  /** The pattern of a package of ours without those beneath it. */
  String exactly(String room) {
    rooms.add(root + "." + room);
    return root + "." + room;
  }

  /** The pattern of somebody else's package and all beneath it. */
  String foreign(String name) {
    foreign.add(name);
    return name + "..";
  }

  /** The full name of a class of ours. */
  String type(String name) {
    return root + "." + name;
  }

  /** How many files a package may have. */
  int filesAtMost() {
    return filesAtMost;
  }

  String root() {
    return root;
  }

  Set<String> namedRooms() {
    return Set.copyOf(rooms);
  }

  Set<String> namedForeign() {
    return Set.copyOf(foreign);
  }
}

package dev.baton.app;

import dev.baton.app.crash.Fault;
import java.util.Arrays;

/** The program with a {@link Fault}, named by the first argument, planted into its store. */
final class FaultyMain {

  private FaultyMain() {}

  public static void main(String[] args) {
    Fault fault = Fault.valueOf(args[0]);
    System.exit(Main.run(Arrays.copyOfRange(args, 1, args.length), Seams.aroundStore(fault::in)));
  }
}

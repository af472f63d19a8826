package io.changeover.sandbox.router;

import io.changeover.sandbox.flags.Flags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The built-in router as a process: `RouterMain --proxy HOST:PORT --admin HOST:PORT --runtime
/// HOST:PORT [--syslog HOST:PORT] --blue NAME=PROXYHOST:PORT=ADMINHOST:PORT … --green NAME=…=… …`.
/// An address that is left empty is one that the node does not have. Prints `READY` and the proxy's
/// address; ends in order on SIGTERM.
public final class RouterMain {

  private RouterMain() {}

  /// Runs until SIGTERM.
  public static void main(String[] args) throws IOException, InterruptedException {
    Flags flags =
        Flags.parse(args, List.of("proxy", "admin", "runtime", "syslog", "blue", "green"));
    InetSocketAddress syslog = flags.has("syslog") ? flags.address("syslog") : null;
    RouterPlan plan =
        RouterPlan.blueServes(
            flags.address("proxy"),
            flags.address("admin"),
            nodes(flags, "blue"),
            nodes(flags, "green"),
            flags.address("runtime"),
            syslog);
    BuiltInRouter router = BuiltInRouter.start(plan);
    Runtime.getRuntime().addShutdownHook(new Thread(router::close, "router-end"));
    System.out.println("READY " + flags.text("proxy"));
    Thread.currentThread().join();
  }

  private static List<RouterPlan.NodeAddress> nodes(Flags flags, String side) {
    return flags.all(side).stream().map(text -> node(side, text)).toList();
  }

  private static RouterPlan.NodeAddress node(String side, String text) {
    String[] parts = text.split("=", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "Expected NAME=HOST:PORT=HOST:PORT for --" + side + ", but got: " + text);
    }
    return new RouterPlan.NodeAddress(parts[0], address(side, parts[1]), address(side, parts[2]));
  }

  private static @Nullable InetSocketAddress address(String side, String text) {
    return text.isEmpty() ? null : Flags.parseAddress(side, text);
  }
}

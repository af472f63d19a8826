package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.List;

/// One address of `proxy_listen`, `admin_listen` or `status_listen`.
public record Listen(String host, int port, boolean ssl) {
  /// Reads a comma list of `host:port flags…`; `off` and nothing are no address at all.
  ///
  /// @throws KongException when an address has no port
  static List<Listen> parse(String property, String text) {
    List<Listen> listens = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      String[] words = item.strip().split("\\s+", -1);
      String address = words[0];
      if (address.isEmpty() || address.equals("off")) {
        continue;
      }
      int colon = address.lastIndexOf(':');
      if (colon < 0 || !address.substring(colon + 1).matches("\\d{1,5}")) {
        throw new KongException(
            property
                + " must be of form: [off] | <ip>:<port> [ssl] [http2] [proxy_protocol] [deferred]"
                + " [reuseport] [backlog=%d+], [... next entry ...]");
      }
      listens.add(
          new Listen(
              address.substring(0, colon),
              Integer.parseInt(address.substring(colon + 1)),
              List.of(words).contains("ssl")));
    }
    return List.copyOf(listens);
  }
}

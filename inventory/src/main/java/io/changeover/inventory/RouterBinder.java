package io.changeover.inventory;

import java.net.URI;

/// Binds the router.
final class RouterBinder {

  private static final RuntimeAddress NOWHERE = new RuntimeAddress.Tcp("invalid", 1);

  private static final URI NO_FRONT = URI.create("http://invalid");

  private RouterBinder() {}

  static Router router(Section section) {
    Router router = haproxy(section.required("haproxy").section());
    section.end();
    return router;
  }

  private static Haproxy haproxy(Section section) {
    Haproxy haproxy =
        new Haproxy(
            section.required("runtime").parsed(TextParser.RUNTIME_ADDRESS, NOWHERE),
            section.required("backend").text(),
            section.optional("adminBackend").map(Value::text),
            section.optional("adminFront").map(value -> value.parsed(TextParser.URL, NO_FRONT)),
            section
                .optional("syslog")
                .map(value -> value.parsed(TextParser.HOST_PORT, new HostPort("invalid", 1))));
    section.end();
    return haproxy;
  }
}

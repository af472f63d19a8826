package io.changeover.sandbox.kong.node;

import java.time.Duration;

/// Where a route leads. `host` may be the name of an upstream entity; `path` is empty for the root.
record Service(
    String id, String host, int port, String path, int retries, Duration connect, Duration read) {}

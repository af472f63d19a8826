package io.changeover.inventory;

import java.util.Map;
import java.util.Optional;

/// A request through a node's proxy that proves the node serves.
///
/// @param path starts with `/`
/// @param host the `Host` header, where the route wants one
/// @param expect the status code of a good answer
public record Probe(String path, Optional<String> host, Map<String, Secret> headers, int expect) {}

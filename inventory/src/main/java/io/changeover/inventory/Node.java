package io.changeover.inventory;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One node of one version of a cluster.
///
/// @param role what it does, in a hybrid cluster only
/// @param cacheFile where a data plane keeps the configuration that it was sent last
/// @param admin base address of the Admin API
/// @param proxy base address of the proxy, for probes that go around the router
/// @param status base address of the Status API, where it listens
/// @param server what the router calls it; the node's name when the file says nothing
/// @param prefix Kong's `--prefix` of this node, on the machine that its command reaches
/// @param command argv prefix of `kong` for this node: its own, or its version's
/// @param environment the version's settings with the node's own on top
/// @param start argv that starts it instead of `kong start`
/// @param stop argv that stops it instead of `kong stop`
/// @param quit argv that drains and ends it instead of `kong quit`
public record Node(
    String name,
    Optional<Role> role,
    Optional<String> cacheFile,
    URI admin,
    URI proxy,
    Optional<URI> status,
    String server,
    Optional<String> prefix,
    List<String> command,
    Map<String, Secret> environment,
    Optional<List<String>> start,
    Optional<List<String>> stop,
    Optional<List<String>> quit) {}

package io.changeover.inventory;

import java.net.URI;
import java.util.Optional;

/// HAProxy, driven over its Runtime API.
///
/// @param backend the backend that the proxy traffic goes through
/// @param adminBackend the backend in front of the Admin APIs, where there is one
/// @param adminFront where clients of the Admin APIs reach `adminBackend`; a freeze is proved there
/// @param syslog where the traffic-service listens for HAProxy's log stream (UDP)
public record Haproxy(
    RuntimeAddress runtime,
    String backend,
    Optional<String> adminBackend,
    Optional<URI> adminFront,
    Optional<HostPort> syslog)
    implements Router {}

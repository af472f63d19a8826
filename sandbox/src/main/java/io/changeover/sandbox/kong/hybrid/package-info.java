/// Hybrid mode of the stand-in: control planes that push the configuration over a websocket, data
/// planes that keep it on disk. What it does was observed with Kong 2.1.4 and 2.2.2 on PostgreSQL;
/// what was not observed, or is left out, stands at [ControlPlane] and [DataPlane].
@org.jspecify.annotations.NullMarked
package io.changeover.sandbox.kong.hybrid;

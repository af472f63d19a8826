/// The router of the sandbox: a configuration for HAProxy, and a router of our own that speaks
/// HAProxy's Runtime API, for machines without one.
@NullMarked
package io.changeover.sandbox.router;

import org.jspecify.annotations.NullMarked;

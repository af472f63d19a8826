/// The actions of the traffic-service: thin shells that read the router, ask
/// [io.changeover.traffic.decide], change the router, and prove it by reading again.
@NullMarked
package io.changeover.traffic.act;

import org.jspecify.annotations.NullMarked;

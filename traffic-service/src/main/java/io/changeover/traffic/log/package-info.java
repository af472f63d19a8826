/// The router's log stream: a UDP listener, the reader of its lines, and taps that count them per
/// side. Start reading at [io.changeover.traffic.log.TrafficLog].
@NullMarked
package io.changeover.traffic.log;

import org.jspecify.annotations.NullMarked;

/// Brings the target up to date with what the source has taken since.
@NullMarked
package io.changeover.exporter.cassandra.delta;

import org.jspecify.annotations.NullMarked;

/// Pairs the rows of two keyspaces and says what differs.
@NullMarked
package io.changeover.exporter.cassandra.compare;

import org.jspecify.annotations.NullMarked;

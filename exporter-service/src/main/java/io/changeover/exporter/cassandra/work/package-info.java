/// The phases copy, compare and delta.
@NullMarked
package io.changeover.exporter.cassandra.work;

import org.jspecify.annotations.NullMarked;

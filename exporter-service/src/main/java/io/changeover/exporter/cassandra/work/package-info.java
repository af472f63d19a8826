/// The phases copy, export, transfer, import, compare and delta.
@NullMarked
package io.changeover.exporter.cassandra.work;

import org.jspecify.annotations.NullMarked;

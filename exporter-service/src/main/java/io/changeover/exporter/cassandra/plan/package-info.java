/// Which tables and columns move, decided from two catalogues without I/O.
@NullMarked
package io.changeover.exporter.cassandra.plan;

import org.jspecify.annotations.NullMarked;

/// Opens a keyspace.
@NullMarked
package io.changeover.exporter.cassandra.store;

import org.jspecify.annotations.NullMarked;

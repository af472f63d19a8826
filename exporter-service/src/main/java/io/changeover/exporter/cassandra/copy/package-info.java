/// Streams the rows of one keyspace into another; what was finished is remembered.
@NullMarked
package io.changeover.exporter.cassandra.copy;

import org.jspecify.annotations.NullMarked;

/// The way `kong-yml`: Kong's declarative file out of a keyspace, into a keyspace by Kong's own
/// import, and what is equal afterwards.
@NullMarked
package io.changeover.exporter.cassandra.kongyml;

import org.jspecify.annotations.NullMarked;

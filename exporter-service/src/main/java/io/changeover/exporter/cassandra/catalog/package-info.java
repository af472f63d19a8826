/// What a keyspace holds, as `system_schema` says.
@NullMarked
package io.changeover.exporter.cassandra.catalog;

import org.jspecify.annotations.NullMarked;

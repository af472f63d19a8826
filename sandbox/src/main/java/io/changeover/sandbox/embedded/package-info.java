/// Real parts in one process tree: a Kafka broker and a PostgreSQL server, from Maven Central, on
/// free ports, durable in a folder.
@NullMarked
package io.changeover.sandbox.embedded;

import org.jspecify.annotations.NullMarked;

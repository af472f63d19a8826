/// Row digests that do not depend on the order of rows.
@NullMarked
package io.changeover.exporter.cassandra.digest;

import org.jspecify.annotations.NullMarked;

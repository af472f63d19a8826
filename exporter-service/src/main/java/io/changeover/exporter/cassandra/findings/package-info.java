/// What was never right in the data: orphans, doubled unique values, tags and cache keys that do
/// not fit. It is reported, never repaired.
@NullMarked
package io.changeover.exporter.cassandra.findings;

import org.jspecify.annotations.NullMarked;

/// What is finished of a copy, so that a crash costs little. Nothing depends on it: rows that are
/// copied again are the same rows.
@NullMarked
package io.changeover.exporter.cassandra.checkpoint;

import org.jspecify.annotations.NullMarked;

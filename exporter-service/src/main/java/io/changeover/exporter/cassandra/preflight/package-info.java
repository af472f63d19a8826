/// Looks at both sides before anything moves.
@NullMarked
package io.changeover.exporter.cassandra.preflight;

import org.jspecify.annotations.NullMarked;

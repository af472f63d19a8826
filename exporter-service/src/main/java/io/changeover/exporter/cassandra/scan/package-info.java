/// Reads a table whole, slice by slice, in pages of bounded size.
@NullMarked
package io.changeover.exporter.cassandra.scan;

import org.jspecify.annotations.NullMarked;

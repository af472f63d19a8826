/// The same rows through encrypted files, for stores that can't see each other: written at the
/// source's side, taken over by an artifact store, read at the target's side.
@NullMarked
package io.changeover.exporter.cassandra.dump;

import org.jspecify.annotations.NullMarked;

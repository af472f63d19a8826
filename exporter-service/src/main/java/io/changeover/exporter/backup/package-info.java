/// The backup phase: one snapshot, streamed to files with a manifest, or PostgreSQL's own pg_dump.
@NullMarked
package io.changeover.exporter.backup;

import org.jspecify.annotations.NullMarked;

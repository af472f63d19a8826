/// Calls of PostgreSQL's own tools.
@NullMarked
package io.changeover.worker.postgres;

import org.jspecify.annotations.NullMarked;

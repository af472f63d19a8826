/// What a copy of a keyspace takes, beside what the bare driver takes for the same rows.
@NullMarked
package io.changeover.bench.export;

import org.jspecify.annotations.NullMarked;

/// The configuration of the stand-in cluster: what it holds, computed from a seed, and how it gets
/// into the database.
@NullMarked
package io.changeover.sandbox.seed;

import org.jspecify.annotations.NullMarked;

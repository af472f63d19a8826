/// What speaks against moving the clusters of an estate, asked of the planner's core and of the
/// workers' own looks, and how it is shown. Nothing is checked here.
@NullMarked
package io.changeover.cli.preflight;

import org.jspecify.annotations.NullMarked;

/// The migrator-service: runs Kong's own command line on real clusters, and believes only what it
/// sees afterwards.
@NullMarked
package io.changeover.migrator;

import org.jspecify.annotations.NullMarked;

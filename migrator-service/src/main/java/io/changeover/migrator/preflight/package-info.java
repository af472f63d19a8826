/// What speaks against an upgrade before it begins. Every check looks at everything and reports all
/// of it.
@NullMarked
package io.changeover.migrator.preflight;

import org.jspecify.annotations.NullMarked;

/// Puts a backup into an empty schema.
@NullMarked
package io.changeover.exporter.restore;

import org.jspecify.annotations.NullMarked;

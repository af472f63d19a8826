/// What a PostgreSQL schema consists of, read from its catalog so that no list of tables is needed.
@NullMarked
package io.changeover.exporter.catalog;

import org.jspecify.annotations.NullMarked;

/// Kong's declarative file `kong.yml`, written from a store row by row.
@NullMarked
package io.changeover.exporter.kongyml;

import org.jspecify.annotations.NullMarked;

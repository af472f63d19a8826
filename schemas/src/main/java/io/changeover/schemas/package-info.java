/// What crosses a topic: names, encoding and headers of every message, and the reading of it from
/// bytes that may be anything.
@NullMarked
package io.changeover.schemas;

import org.jspecify.annotations.NullMarked;

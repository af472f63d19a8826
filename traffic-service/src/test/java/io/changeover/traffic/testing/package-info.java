/// What the tests of this service share: a real HAProxy, tiny upstreams, load.
@NullMarked
package io.changeover.traffic.testing;

import org.jspecify.annotations.NullMarked;

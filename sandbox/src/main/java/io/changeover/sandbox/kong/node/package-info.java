/// The node of the stand-in Kong: proxy, plugins, Admin API and Status API on a real Kong database.
/// It is not Kong: what it does was taken from observed answers of Kong 2.1.4 and 2.2.2, and it
/// does nothing else.
@NullMarked
package io.changeover.sandbox.kong.node;

import org.jspecify.annotations.NullMarked;

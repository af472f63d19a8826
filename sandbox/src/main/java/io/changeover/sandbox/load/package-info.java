/// What stands around a stand-in cluster: the upstream that echoes, and the client that sends
/// requests through the router and judges every answer.
@NullMarked
package io.changeover.sandbox.load;

import org.jspecify.annotations.NullMarked;

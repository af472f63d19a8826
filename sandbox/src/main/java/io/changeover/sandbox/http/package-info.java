/// HTTP/1.1 over Netty, whole messages at a time: what the stand-in node, the built-in router, the
/// echo upstream and the load client share.
@NullMarked
package io.changeover.sandbox.http;

import org.jspecify.annotations.NullMarked;

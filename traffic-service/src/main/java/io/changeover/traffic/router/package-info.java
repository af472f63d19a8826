/// The port to whatever shares requests out among the nodes, and its HAProxy adapter. Start reading
/// at [io.changeover.traffic.router.Router].
@NullMarked
package io.changeover.traffic.router;

import org.jspecify.annotations.NullMarked;

/// REST: reads upgrades and journals; writes by putting a message on the requests topic, like
/// everybody else.
@NullMarked
package io.changeover.planner.shell.http;

import org.jspecify.annotations.NullMarked;

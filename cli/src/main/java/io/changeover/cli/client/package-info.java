/// What the verbs talk to: topics, and the planner where it is asked.
@NullMarked
package io.changeover.cli.client;

import org.jspecify.annotations.NullMarked;

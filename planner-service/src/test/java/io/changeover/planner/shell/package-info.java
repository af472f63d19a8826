/// Tests of the shell on real Kafka and PostgreSQL.
@NullMarked
package io.changeover.planner.shell;

import org.jspecify.annotations.NullMarked;

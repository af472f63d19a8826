/// What the tests of a worker need to run a [io.changeover.worker.PhaseWork] without Kafka.
@NullMarked
package io.changeover.worker.testing;

import org.jspecify.annotations.NullMarked;

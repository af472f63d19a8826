/// Pure rules: an observation and a wish become already done, act, wait, refuse or unknown.
@NullMarked
package io.changeover.migrator.decide;

import org.jspecify.annotations.NullMarked;

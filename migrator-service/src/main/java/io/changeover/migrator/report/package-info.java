/// Observations and failures in the words of reports.
@NullMarked
package io.changeover.migrator.report;

import org.jspecify.annotations.NullMarked;

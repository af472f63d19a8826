/// The actions of the service: probe, act, prove, report.
@NullMarked
package io.changeover.migrator.work;

import org.jspecify.annotations.NullMarked;

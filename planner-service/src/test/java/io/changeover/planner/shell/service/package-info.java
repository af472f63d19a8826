/// The planner's start.
@NullMarked
package io.changeover.planner.shell.service;

import org.jspecify.annotations.NullMarked;

/// The planner as a Micronaut service: settings, beans, start and end, health.
@NullMarked
package io.changeover.planner.shell.service;

import org.jspecify.annotations.NullMarked;

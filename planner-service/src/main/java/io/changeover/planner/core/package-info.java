/// What an upgrade is and how it goes on, as pure functions: no clock, no randomness, no framework.
///
/// Start reading at [io.changeover.planner.core.UpgradeDecider]; the words are those of
/// `docs/lifecycle.md`, which is generated from this package.
@NullMarked
package io.changeover.planner.core;

import org.jspecify.annotations.NullMarked;

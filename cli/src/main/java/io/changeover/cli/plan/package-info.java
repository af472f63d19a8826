/// What an upgrade would do, as text.
@org.jspecify.annotations.NullMarked
package io.changeover.cli.plan;

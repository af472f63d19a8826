/// What rows say against an upgrade, wherever they are kept: rules that know tables of Kong and
/// neither SQL nor CQL.
@NullMarked
package io.changeover.migrator.preflight.content;

import org.jspecify.annotations.NullMarked;

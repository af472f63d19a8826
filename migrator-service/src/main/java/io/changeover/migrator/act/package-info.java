/// One tool each: the kong command line, the database, the lock, the role. Nothing here throws for
/// an exit code.
@NullMarked
package io.changeover.migrator.act;

import org.jspecify.annotations.NullMarked;

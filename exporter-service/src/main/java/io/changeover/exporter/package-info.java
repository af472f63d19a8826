/// The exporter-service: saves a cluster's datastore before an upgrade changes it, and puts it
/// back. Start reading at [io.changeover.exporter.backup.BackupWork].
@NullMarked
package io.changeover.exporter;

import org.jspecify.annotations.NullMarked;

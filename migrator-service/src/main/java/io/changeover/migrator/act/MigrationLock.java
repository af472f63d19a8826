package io.changeover.migrator.act;

/// Our own exclusive right to migrate one datastore, beside Kong's lock, which expires while its
/// holder still works.
public interface MigrationLock extends AutoCloseable {

  /// Whether it is still ours.
  boolean held();

  /// Gives it back.
  @Override
  void close();
}

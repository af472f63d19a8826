package io.changeover.exporter.cassandra.copy;

/// Who looks on while rows move.
public interface Watch {

  /// Nobody.
  Watch NONE =
      new Watch() {
        @Override
        public void ensureCurrent() {}

        @Override
        public void rows(String doing, long rows) {}
      };

  /// Called before each page of effects; throws when nobody wants them any more.
  void ensureCurrent();

  /// Called now and then.
  ///
  /// @param doing a word or two
  /// @param rows so far
  void rows(String doing, long rows);
}

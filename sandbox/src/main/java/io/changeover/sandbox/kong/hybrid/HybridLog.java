package io.changeover.sandbox.kong.hybrid;

/// Where a node's error log goes; each line in the words of Kong's.
public interface HybridLog {
  void notice(String message);

  void error(String message);
}

package io.changeover.migrator.preflight.content;

import io.changeover.migrator.report.Findings;

/// One group of questions to rows, the same for every kind of store.
public interface ContentCheck {

  /// What it looks at, for the finding when it could not.
  String name();

  /// Asks, and adds what it found; changes nothing.
  ///
  /// @throws X when a question is not answered
  <X extends Exception> void look(Content<X> content, Findings findings) throws X;
}

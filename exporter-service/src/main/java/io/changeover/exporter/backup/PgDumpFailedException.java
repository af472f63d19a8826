package io.changeover.exporter.backup;

/// `pg_dump` ended with an error or not at all.
final class PgDumpFailedException extends RuntimeException {

  PgDumpFailedException(String message) {
    super(message);
  }
}

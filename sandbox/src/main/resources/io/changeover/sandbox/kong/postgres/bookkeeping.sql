-- What `kong migrations bootstrap` makes before it takes the lock.
CREATE TABLE schema_meta (
  key text NOT NULL,
  subsystem text NOT NULL,
  last_executed text,
  executed text[],
  pending text[],
  PRIMARY KEY (key, subsystem)
);
CREATE TABLE locks (
  key text PRIMARY KEY,
  owner text,
  ttl timestamp with time zone
);
CREATE INDEX locks_ttl_idx ON locks (ttl);

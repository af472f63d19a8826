CREATE TABLE IF NOT EXISTS sessions (
  id uuid PRIMARY KEY,
  session_id text UNIQUE,
  expires integer,
  data text,
  created_at timestamp with time zone,
  ttl timestamp with time zone
);
CREATE INDEX IF NOT EXISTS session_sessions_expires_idx ON sessions (expires);

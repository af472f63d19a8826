CREATE TABLE IF NOT EXISTS hmacauth_credentials (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  username text UNIQUE,
  secret text
);
CREATE INDEX IF NOT EXISTS hmacauth_credentials_consumer_id_idx ON hmacauth_credentials (consumer_id);

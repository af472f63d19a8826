CREATE TABLE IF NOT EXISTS basicauth_credentials (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  username text UNIQUE,
  password text
);
CREATE INDEX IF NOT EXISTS basicauth_consumer_id_idx ON basicauth_credentials (consumer_id);

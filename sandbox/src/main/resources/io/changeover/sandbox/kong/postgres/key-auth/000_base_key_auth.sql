CREATE TABLE IF NOT EXISTS keyauth_credentials (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  key text UNIQUE
);
CREATE INDEX IF NOT EXISTS keyauth_credentials_consumer_id_idx ON keyauth_credentials (consumer_id);

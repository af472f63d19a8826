CREATE TABLE IF NOT EXISTS jwt_secrets (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  key text UNIQUE,
  secret text,
  algorithm text,
  rsa_public_key text
);
CREATE INDEX IF NOT EXISTS jwt_secrets_consumer_id_idx ON jwt_secrets (consumer_id);
CREATE INDEX IF NOT EXISTS jwt_secrets_secret_idx ON jwt_secrets (secret);

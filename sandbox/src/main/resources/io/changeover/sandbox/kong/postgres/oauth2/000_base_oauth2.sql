CREATE TABLE IF NOT EXISTS oauth2_credentials (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  name text,
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  client_id text UNIQUE,
  client_secret text,
  redirect_uris text[]
);
CREATE INDEX IF NOT EXISTS oauth2_credentials_consumer_id_idx ON oauth2_credentials (consumer_id);
CREATE INDEX IF NOT EXISTS oauth2_credentials_secret_idx ON oauth2_credentials (client_secret);

CREATE TABLE IF NOT EXISTS oauth2_authorization_codes (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  credential_id uuid REFERENCES oauth2_credentials (id) ON DELETE CASCADE,
  service_id uuid REFERENCES services (id) ON DELETE CASCADE,
  code text UNIQUE,
  authenticated_userid text,
  scope text,
  ttl timestamp with time zone
);
CREATE INDEX IF NOT EXISTS oauth2_authorization_codes_authenticated_userid_idx ON oauth2_authorization_codes (authenticated_userid);
CREATE INDEX IF NOT EXISTS oauth2_authorization_codes_ttl_idx ON oauth2_authorization_codes (ttl);
CREATE INDEX IF NOT EXISTS oauth2_authorization_credential_id_idx ON oauth2_authorization_codes (credential_id);
CREATE INDEX IF NOT EXISTS oauth2_authorization_service_id_idx ON oauth2_authorization_codes (service_id);

CREATE TABLE IF NOT EXISTS oauth2_tokens (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  credential_id uuid REFERENCES oauth2_credentials (id) ON DELETE CASCADE,
  service_id uuid REFERENCES services (id) ON DELETE CASCADE,
  access_token text UNIQUE,
  refresh_token text UNIQUE,
  token_type text,
  expires_in integer,
  authenticated_userid text,
  scope text,
  ttl timestamp with time zone
);
CREATE INDEX IF NOT EXISTS oauth2_tokens_authenticated_userid_idx ON oauth2_tokens (authenticated_userid);
CREATE INDEX IF NOT EXISTS oauth2_tokens_credential_id_idx ON oauth2_tokens (credential_id);
CREATE INDEX IF NOT EXISTS oauth2_tokens_service_id_idx ON oauth2_tokens (service_id);
CREATE INDEX IF NOT EXISTS oauth2_tokens_ttl_idx ON oauth2_tokens (ttl);

ALTER TABLE hmacauth_credentials ALTER COLUMN ws_id DROP DEFAULT;

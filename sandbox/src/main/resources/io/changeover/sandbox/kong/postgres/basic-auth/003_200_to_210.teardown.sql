ALTER TABLE basicauth_credentials ALTER COLUMN ws_id DROP DEFAULT;

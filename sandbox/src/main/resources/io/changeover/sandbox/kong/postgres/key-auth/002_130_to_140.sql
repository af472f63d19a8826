ALTER TABLE keyauth_credentials ADD COLUMN IF NOT EXISTS tags text[];
CREATE INDEX IF NOT EXISTS keyauth_tags_idex_tags_idx ON keyauth_credentials USING gin (tags);
DROP TRIGGER IF EXISTS keyauth_sync_tags_trigger ON keyauth_credentials;
CREATE TRIGGER keyauth_sync_tags_trigger AFTER INSERT OR UPDATE OF tags OR DELETE ON keyauth_credentials
  FOR EACH ROW EXECUTE PROCEDURE sync_tags();
ALTER TABLE keyauth_credentials ADD COLUMN IF NOT EXISTS ttl timestamp with time zone;
CREATE INDEX IF NOT EXISTS keyauth_credentials_ttl_idx ON keyauth_credentials (ttl);

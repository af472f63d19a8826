UPDATE consumers SET created_at = date_trunc('seconds', created_at) WHERE created_at <> date_trunc('seconds', created_at);
UPDATE plugins SET created_at = date_trunc('seconds', created_at) WHERE created_at <> date_trunc('seconds', created_at);
UPDATE upstreams SET created_at = date_trunc('seconds', created_at) WHERE created_at <> date_trunc('seconds', created_at);
UPDATE targets SET created_at = date_trunc('milliseconds', created_at) WHERE created_at <> date_trunc('milliseconds', created_at);

ALTER TABLE plugins ADD COLUMN IF NOT EXISTS protocols text[];

CREATE TABLE IF NOT EXISTS tags (
  entity_id uuid PRIMARY KEY,
  entity_name text,
  tags text[]
);
CREATE INDEX IF NOT EXISTS tags_entity_name_idx ON tags (entity_name);
CREATE INDEX IF NOT EXISTS tags_tags_idx ON tags USING gin (tags);

-- Keeps the table `tags` in step with the column `tags` of every entity.
CREATE OR REPLACE FUNCTION sync_tags() RETURNS trigger LANGUAGE plpgsql AS $sync$
BEGIN
  CASE TG_OP
    WHEN 'TRUNCATE' THEN
      DELETE FROM tags WHERE entity_name = TG_TABLE_NAME;
      RETURN NULL;
    WHEN 'DELETE' THEN
      DELETE FROM tags WHERE entity_id = OLD.id;
      RETURN OLD;
    ELSE
      INSERT INTO tags (entity_id, entity_name, tags) VALUES (NEW.id, TG_TABLE_NAME, NEW.tags)
        ON CONFLICT (entity_id) DO UPDATE SET tags = EXCLUDED.tags;
      RETURN NEW;
  END CASE;
END
$sync$;

DO $tags$
DECLARE
  entity text;
BEGIN
  FOREACH entity IN ARRAY ARRAY['services', 'routes', 'certificates', 'snis', 'consumers', 'plugins', 'upstreams', 'targets'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS tags text[]', entity);
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (tags)', entity || '_tags_idx', entity);
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', entity || '_sync_tags_trigger', entity);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OF tags OR DELETE ON %I FOR EACH ROW EXECUTE PROCEDURE sync_tags()', entity || '_sync_tags_trigger', entity);
  END LOOP;
END
$tags$;

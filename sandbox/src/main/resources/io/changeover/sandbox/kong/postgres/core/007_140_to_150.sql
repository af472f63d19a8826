ALTER TABLE routes ADD COLUMN IF NOT EXISTS path_handling text DEFAULT 'v1';

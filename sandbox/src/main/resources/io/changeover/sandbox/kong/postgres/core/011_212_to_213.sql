DROP INDEX IF EXISTS workspaces_name_idx;

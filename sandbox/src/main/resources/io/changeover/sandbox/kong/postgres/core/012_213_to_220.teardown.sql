-- One row per target from now on: the newest stays, older ones of the same upstream and target go.
DELETE FROM targets older
 USING targets newer
 WHERE newer.upstream_id = older.upstream_id
   AND newer.target = older.target
   AND newer.created_at > older.created_at;

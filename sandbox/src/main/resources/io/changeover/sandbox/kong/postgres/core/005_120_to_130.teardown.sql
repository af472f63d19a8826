UPDATE upstreams
   SET algorithm = CASE WHEN hash_on = 'none' THEN 'round-robin' ELSE 'consistent-hashing' END
 WHERE algorithm IS NULL;

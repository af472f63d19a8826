UPDATE plugins SET cache_key = cache_key || ws_id::text WHERE cache_key LIKE '%:';

DO $ws$
DECLARE
  entity text;
BEGIN
  FOREACH entity IN ARRAY ARRAY['upstreams', 'targets', 'consumers', 'certificates', 'snis', 'services', 'routes', 'plugins'] LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN ws_id DROP DEFAULT', entity);
  END LOOP;
END
$ws$;

-- The digest is that of the DER form: the text between the PEM lines, decoded.
UPDATE ca_certificates
   SET cert_digest = encode(sha256(decode(regexp_replace(cert, '-----[A-Z ]+-----|\s', '', 'g'), 'base64')), 'hex')
 WHERE cert_digest IS NULL;
ALTER TABLE ca_certificates ALTER COLUMN cert_digest SET NOT NULL;

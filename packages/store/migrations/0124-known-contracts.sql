-- Certificates of contracts that were found good once, so that a station which sends only their hashes later can be answered. Whose they are is not
-- in them: the account is the keyed hash of its eMAID, and of the certificate itself only what names it is kept.
create table voltway.known_contract (
  tenant_id uuid not null references voltway.tenant,
  -- Keyed hash of the eMAID, as of any token.
  token_hash bytea not null,
  serial_number bytea not null,
  not_after bigint not null,
  -- Where to ask whether it is revoked; nowhere where it names nobody.
  ocsp_url text,
  -- The authorities above it, the issuer first, without the root.
  authorities bytea[] not null,
  seen_at bigint not null,
  primary key (tenant_id, token_hash)
);
select voltway.protect('voltway.known_contract');

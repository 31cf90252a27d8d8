-- Roots that contracts, stations and cars are checked against: the tenant's own choice.
create table voltway.trust_anchor (
  tenant_id uuid not null references voltway.tenant,
  id uuid not null,
  -- What its certificates are for: V2G (stations), MO (contracts), OEM (cars).
  use text not null check (use in ('V2G', 'MO', 'OEM')),
  -- SHA-256 of the certificate.
  fingerprint bytea not null,
  subject text not null,
  certificate bytea not null,
  not_after bigint not null,
  added_at bigint not null,
  primary key (tenant_id, id),
  unique (tenant_id, use, fingerprint)
);
select voltway.protect('voltway.trust_anchor');

-- Contracts that cars fetch over their cables: the account that each will charge on. This is the one place of their identifiers.
create table voltway.contract (
  tenant_id uuid not null,
  id uuid not null,
  driver_id uuid not null,
  -- What stations authorise.
  id_token_id uuid not null,
  emaid text not null,
  -- Keyed hash of the PCID, the name in the car's provisioning certificate.
  pcid_hash bytea not null,
  created_at bigint not null,
  -- When it last went into a car.
  installed_at bigint,
  primary key (tenant_id, id),
  unique (tenant_id, pcid_hash),
  unique (tenant_id, emaid),
  foreign key (tenant_id, driver_id) references voltway.driver (tenant_id, id),
  foreign key (tenant_id, id_token_id) references voltway.id_token (tenant_id, id)
);
select voltway.protect('voltway.contract');

-- What ended on a day is counted without reading all that ever ended.
create index on voltway.session (tenant_id, ended_at);

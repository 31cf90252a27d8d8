-- What is to be billed is looked for every second, among all that ever ended.
create index on voltway.session (tenant_id, ended_at) where state = 'ended';

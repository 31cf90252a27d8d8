-- From how many past days later cars were anticipated, and what was given early because of them; null where nobody was.
alter table voltway.site_plan
  add column anticipated_days smallint check (anticipated_days > 0),
  add column early_wh bigint check (early_wh >= 0);

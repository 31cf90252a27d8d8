-- Who may charge at a site: everybody, or only those whom its stations know by their card.
alter table voltway.site add column access text not null default 'public' check (access in ('public', 'private'));

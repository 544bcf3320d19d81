-- Rule packs, the numbered rulebooks they make together with the calendars, and drafts of the next one. All are reference tables:
-- small, and the same in every region.

-- Every text a pack ever had. Which one is in force stands in the rulebook.
create table rule_pack (
  pack_key text not null,
  version  int not null check (version > 0),
  origin   text not null check (origin in ('shipped', 'edited')),
  yaml     text not null,
  document jsonb not null,
  saved_at timestamptz not null,
  saved_by int references staff (staff_id),
  note     text,
  primary key (pack_key, version)
);
comment on table rule_pack is 'distribution: reference';

-- Immutable snapshots: an order's deadlines can be computed again with the one it was bound to, whatever came after.
create table rulebook (
  version       int primary key check (version > 0),
  definition    jsonb not null,
  calendar      jsonb not null,
  pack_versions jsonb not null,
  changes       jsonb not null,
  hash          bytea not null,
  note          text not null,
  published_at  timestamptz not null,
  published_by  int references staff (staff_id),
  rebinding     text not null default 'NONE' check (rebinding in ('NONE', 'RUNNING', 'DONE')),
  rebound       int not null default 0
);
comment on table rulebook is 'distribution: reference';

create table rulebook_draft (
  draft_id          uuid primary key,
  base_version      int not null references rulebook (version),
  changes           jsonb not null,
  summary           jsonb not null,
  proposal          jsonb not null,
  hash              bytea not null,
  state             text not null check (state in ('RUNNING', 'READY', 'FAILED', 'PUBLISHED', 'DISCARDED')),
  orders_checked    int not null default 0,
  orders_total      int,
  result            jsonb,
  created_at        timestamptz not null,
  created_by        int references staff (staff_id),
  published_version int references rulebook (version),
  check ((state = 'PUBLISHED') = (published_version is not null)),
  check (state not in ('READY', 'PUBLISHED') or result is not null)
);
comment on table rulebook_draft is 'distribution: reference';
create index rulebook_draft_created on rulebook_draft (created_at);

-- What was published stays as it was; only the progress of binding the open orders to it moves.
create function rulebook_immutable() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.version, new.definition, new.calendar, new.pack_versions, new.changes, new.hash, new.note, new.published_at, new.published_by)
    is not distinct from (old.version, old.definition, old.calendar, old.pack_versions, old.changes, old.hash, old.note, old.published_at, old.published_by) then
    return new;
  end if;
  raise exception 'a published rulebook does not change' using errcode = 'restrict_violation';
end $$;
create trigger rulebook_immutable before update or delete on rulebook for each row execute function rulebook_immutable();

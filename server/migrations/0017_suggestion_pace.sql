-- The first reading of a region's orders goes piece by piece, so that a large utility's server has time for its people.
-- began_at: of the newest event when it began; read_month, read_order: the order up to which it came.
alter table suggestion_progress
  add column began_at   timestamptz,
  add column read_month int not null default 0,
  add column read_order bigint not null default 0;

-- Suggested categories: what each order taught, and the counts that are the sum of those lessons. Made from orders by a job, and made
-- anew by `bihuan suggestion rebuild`.

-- How far a region was read. read_to: events recorded up to then; null until every order was read once. revision: of its counts.
create table suggestion_progress (
  region_id smallint primary key,
  read_to   timestamptz,
  revision  bigint not null default 0
);

-- The words of an order, without what leads to a person. It stands beside the order's contact and goes when that is erased.
-- subtype: empty where the flow has none.
create table suggestion_lesson (
  region_id    smallint not null,
  intake_month int not null,
  order_id     bigint not null,
  flow         text not null,
  subtype      text not null,
  words        text[] collate "C" not null,
  primary key (region_id, intake_month, order_id)
);

-- In how many orders of a category a word stands; the empty word stands in all of them.
create table suggestion_count (
  region_id smallint not null,
  word      text collate "C" not null,
  flow      text not null,
  subtype   text not null,
  orders    int not null check (orders >= 0),
  primary key (region_id, word, flow, subtype)
);

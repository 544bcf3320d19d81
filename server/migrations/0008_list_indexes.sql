-- Lists at the size of a province. A non-unique index need not begin with the region: rows of one region lie together anyway.

-- By flow and step at every level, and what one person holds, by due time.
drop index work_order_flow;
create index work_order_flow on work_order (flow, step, due_at, order_id) where status in ('OPEN', 'SUSPENDED') and import_id is null;
drop index work_order_holder;
create index work_order_holder on work_order (holder_id, due_at, order_id) where holder_id is not null and status in ('OPEN', 'SUSPENDED') and import_id is null;

-- Closed ones, newest first: the newest of all are mostly open. An order enters these when it closes, so intake pays nothing.
create index work_order_closed on work_order (intake_at desc, order_id desc) where status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN') and import_id is null;
create index work_order_closed2 on work_order (unit2, intake_at desc, order_id desc) where status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN') and import_id is null;
create index work_order_closed3 on work_order (unit3, intake_at desc, order_id desc) where status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN') and import_id is null;
create index work_order_closed4 on work_order (unit4, intake_at desc, order_id desc) where status in ('ARCHIVED', 'TERMINATED', 'WITHDRAWN') and import_id is null;

-- The few that missed a maximum.
create index work_order_missed on work_order (intake_at desc, order_id desc) where missed > 0 and import_id is null;
create index work_order_missed2 on work_order (unit2, intake_at desc, order_id desc) where missed > 0 and import_id is null;
create index work_order_missed3 on work_order (unit3, intake_at desc, order_id desc) where missed > 0 and import_id is null;

-- Fragments within a region and a month: a station asks one city's part of the index, a common name its newest months.
create extension if not exists btree_gin;
drop index order_contact_tokens;
create index order_contact_tokens on order_contact using gin (region_id, intake_month, tokens);

-- A step says which flow, and only open orders have one: the planner cannot know.
create statistics work_order_way (dependencies, mcv) on status, flow, step from work_order;

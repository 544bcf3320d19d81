-- Late is an order that missed a maximum of the law or of a promise; maxima of the house are counted beside it.
alter table work_order add column missed_internal int not null default 0;
update work_order o set missed = counted.judging, missed_internal = counted.internal
from (
  select region_id, intake_month, order_id,
    count(*) filter (where authority in ('law', 'promise'))::int as judging,
    count(*) filter (where authority = 'internal')::int as internal
  from clock_history where status = 'missed' and limit_kind = 'max'
  group by region_id, intake_month, order_id) counted
where o.missed > 0 and counted.region_id = o.region_id and counted.intake_month = o.intake_month and counted.order_id = o.order_id;

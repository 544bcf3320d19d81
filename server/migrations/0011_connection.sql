-- Service connections: the tracking table of a hall, and what was archived on a day.

create index work_order_connection_due on work_order (desk_unit_id, due_at, order_id)
  where flow like 'connection-%' and status in ('OPEN', 'SUSPENDED') and import_id is null;
create index work_order_connection_newest on work_order (desk_unit_id, intake_at desc, order_id desc)
  where flow like 'connection-%' and import_id is null;

-- An order is counted on the day it was first archived, whatever becomes of it later: the event says when.
create index order_event_archived on order_event (at) where type = 'archive';

// Visits as they are read: page by page, and masked for whoever looks.
import type { CustomerVisit } from "@bihuan/contract/customer-file.ts";
import { type CustomerId, regionOfCustomer } from "@bihuan/core/customer/customer.ts";
import type { Occasion, Satisfaction, VisitState } from "@bihuan/core/customer/file/records.ts";
import { maskAddress, maskText } from "@bihuan/core/identity/masking.ts";
import type { Queryable } from "../../platform/database.ts";
import { instant, instantOrNull, sql } from "../../platform/sql.ts";
import { sameCustomer } from "../queries.ts";
import type { RecordPlace } from "./notes.ts";

export type VisitRecord = {
  readonly customerId: CustomerId;
  readonly visitNo: number;
  readonly state: VisitState;
  readonly occasion: Occasion;
  readonly staffId: number;
  readonly staffName: string;
  readonly plannedOn: string | null;
  readonly visitedAtMs: number | null;
  readonly place: string | null;
  readonly said: string | null;
  readonly satisfaction: Satisfaction | null;
  readonly orderId: string | null;
  readonly reason: string | null;
  readonly version: number;
  /** What the list is ordered by: when it was made, else when it is planned for. */
  readonly atMs: number;
};
const at = sql`coalesce(v.visited_at, v.planned_on::timestamp at time zone 'UTC', v.created_at)`;
/** The rows of visits `v`, as {@link VisitRecord}. */
export const visitRows = sql`
  select v.customer_id::text "customerId", v.visit_no "visitNo", v.state, v.occasion, v.staff_id "staffId", s.name "staffName",
    v.planned_on "plannedOn", v.visited_at "visitedAtMs", v.place, v.said, v.satisfaction, v.order_id::text "orderId", v.reason,
    v.version, date_trunc('milliseconds', ${at}) "atMs"
  from customer_visit v join staff s on s.staff_id = v.staff_id`;

/** One page of a customer's visits, the latest first, planned ones by their day; those of files merged into his included. */
export const visitsOf = (
  on: Queryable,
  customerId: CustomerId,
  after: RecordPlace | null,
  limit: number,
): Promise<VisitRecord[]> =>
  on.rows(sql`
    ${visitRows}
    where v.region_id = ${regionOfCustomer(customerId)} and v.customer_id = any(${sameCustomer(customerId)})
      and ${after ? sql`(date_trunc('milliseconds', ${at}), v.customer_id, v.visit_no) < (${instant(after.atMs)}, ${after.customerId}::bigint, ${after.no})` : sql`true`}
    order by "atMs" desc, v.customer_id desc, v.visit_no desc limit ${limit}`);

/** A visit as a reader sees it. */
export const visitView = (visit: VisitRecord, mayRecord: boolean): CustomerVisit => ({
  customerId: visit.customerId,
  visitNo: visit.visitNo,
  state: visit.state,
  occasion: visit.occasion,
  visitor: { staffId: visit.staffId, name: visit.staffName },
  plannedOn: visit.plannedOn,
  visitedAt: instantOrNull(visit.visitedAtMs),
  place: visit.place === null ? null : maskAddress(visit.place),
  said: visit.said === null ? null : maskText(visit.said),
  satisfaction: visit.satisfaction,
  orderId: visit.orderId,
  reason: visit.reason === null ? null : maskText(visit.reason),
  version: visit.version,
  mayChange: mayRecord && visit.state === "PLANNED",
});

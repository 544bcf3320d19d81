/** A work order's id: 19 digits, region (3) · local date of intake (8) · number (8). A string in code, a bigint in the database. */
export type OrderId = string;

export type OrderIdParts = {
  readonly regionId: number;
  readonly intakeDate: string;
  readonly intakeMonth: number;
  readonly number: number;
};

/** Makes an id. In: region 100–921, civil date `YYYY-MM-DD` of intake in the region's zone, number 0–99 999 999. */
export function makeOrderId(regionId: number, intakeDate: string, number: number): OrderId {
  return `${String(regionId).padStart(3, "0")}${intakeDate.replaceAll("-", "")}${String(number % 100_000_000).padStart(8, "0")}`;
}

/** Reads an id's parts, or null where the text is not one. `intakeMonth` is yyyymm, the partition. */
export function parseOrderId(id: string): OrderIdParts | null {
  const match = /^([1-8]\d{2}|9[01]\d|92[01])(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{8})$/.exec(id);
  if (!match) return null;
  const [, region, year, month, day, number] = match;
  return {
    regionId: Number(region),
    intakeDate: `${year}-${month}-${day}`,
    intakeMonth: Number(`${year}${month}`),
    number: Number(number),
  };
}

/** The region an order belongs to for good, or null where the text is not an order id. */
export const regionOfOrder = (id: OrderId): number | null => parseOrderId(id)?.regionId ?? null;

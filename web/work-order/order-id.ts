/** An order's number in its parts, for reading aloud: region, date, number. */
export const orderIdParts = (orderId: string): [region: string, date: string, number: string] => [
  orderId.slice(0, 3),
  orderId.slice(3, 11),
  orderId.slice(11),
];

// Civil dates as day numbers: days since 1970-01-01 in the proleptic Gregorian calendar, without zone or clock.

/** Milliseconds of a day without a shift of the clock. */
export const DAY_MS = 86_400_000;

/** Day number of a date. In: full year, month 1–12, day 1–31 (a day past the month's end runs into the next month). */
export const dayNumber = (year: number, month: number, day: number): number => {
  // Months counted from March put the leap day last, so that lengths repeat every 400 years.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** The date of a day number. */
export const civilDate = (day: number): CivilDate => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
};

/** Monday 1 … Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const daysInMonth = (year: number, month: number): number => dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);

/** Day number of `YYYY-MM-DD`; null where the text is no such date (2023-02-29 is none). */
export const parseCivilDate = (text: string): number | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayNumber(year, month, day);
};

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `YYYY-MM-DD` of a day number. */
export const formatCivilDate = (day: number): string => {
  const { year, month, day: ofMonth } = civilDate(day);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(ofMonth)}`;
};

/**
 * The corresponding date some months on; where that month has none, its last day (Civil Code art. 202: 31 January and one
 * month is 28 February).
 */
export const addCivilMonths = (day: number, months: number): number => {
  const { year, month, day: ofMonth } = civilDate(day);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return dayNumber(targetYear, targetMonth, Math.min(ofMonth, daysInMonth(targetYear, targetMonth)));
};

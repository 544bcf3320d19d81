// Where the person stands, as a form takes it.

export type Found = { readonly longitude: number; readonly latitude: number /** Radius, metres. */; readonly accuracy: number };

/** `118.79653, 32.06012 ±12 m`: five decimals are a metre, more would only pretend. */
export const positionText = ({ longitude, latitude, accuracy }: Found): string => {
  const metres = Math.min(99_999, Math.max(0, Math.round(accuracy)));
  return `${longitude.toFixed(5)}, ${latitude.toFixed(5)} ±${metres} m`;
};

export type NotFound = "denied" | "unavailable" | "late";
/** Why a browser says no, by the code of its error (1 not allowed, 3 too late). */
export const whyNot = (code: number): NotFound => (code === 1 ? "denied" : code === 3 ? "late" : "unavailable");

/** The mark: a loop that closes, with a spark in it. */
export const Brand = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="var(--accent)" />
    <path d="M22.6 10.4a9 9 0 1 0 2.2 8.2" fill="none" stroke="var(--on-accent)" strokeWidth="3.2" strokeLinecap="round" />
    <path
      d="M17.4 9.6l-4 7h5.2l-3.4 6"
      fill="none"
      stroke="var(--on-accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

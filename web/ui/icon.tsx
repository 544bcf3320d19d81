// Line icons of one weight on a 20 px grid. Each stands beside its word or carries an accessible name of its own.

const paths = {
  order: "M5 3.5h10v13l-2.5-1.6L10 16.5l-2.5-1.6L5 16.5zM7.5 7h5M7.5 10h5",
  customer: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5",
  organisation: "M7.5 3.5h5v3.5h-5zM2.5 13h5v3.5h-5zM12.5 13h5v3.5h-5zM10 7v3M5 13v-3h10v3",
  staff:
    "M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.5 16c.5-2.6 2.5-4 5-4s4.5 1.4 5 4M13 4.5a2.5 2.5 0 0 1 0 4.8M14.5 12.4c1.6.5 2.7 1.8 3 3.6",
  plug: "M7 3v4M13 3v4M5 7h10v2.5a5 5 0 0 1-10 0zM10 14.5V18",
  calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5M7 12h.01M10 12h.01M13 12h.01",
  rule: "M10 4v12M6 16.5h8M4 6.5h12M4 6.5l-1.8 4.3a2 2 0 0 0 3.6 0zM16 6.5l-1.8 4.3a2 2 0 0 0 3.6 0z",
  flow: "M3 4h4.5v4H3zM12.5 4H17v4h-4.5zM12.5 12.5H17v4h-4.5zM7.5 6h5M14.8 8v4.5",
  key: "M12.5 10.5a3.5 3.5 0 1 0-3.3-2.3L3.5 14v2.5H6V15h1.5v-1.5H9l1-1a3.5 3.5 0 0 0 2.5.5M13.2 6.8h.01",
  log: "M4.5 3.5h11v13h-11zM7 7h1M10 7h3M7 10h1M10 10h3M7 13h1M10 13h3",
  search: "M9 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM12.8 12.8L16.5 16.5",
  plus: "M10 4.5v11M4.5 10h11",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  expand: "M11.5 4H16v4.5M8.5 16H4v-4.5M16 4l-5 5M4 16l5-5",
  down: "M6 8l4 4 4-4",
  right: "M8 6l4 4-4 4",
  left: "M12 6l-4 4 4 4",
  place: "M10 17.5s-5.5-4.8-5.5-9a5.5 5.5 0 0 1 11 0c0 4.2-5.5 9-5.5 9zM10 10.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  more: "M5.1 10a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0zM10.6 10a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0zM16.1 10a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0z",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  camera: "M3 6.5h3l1.2-2h5.6l1.2 2h3v9.5H3zM10 14a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  phone:
    "M4.5 3.5h3l1.2 3.6-1.7 1.4a9 9 0 0 0 4.5 4.5l1.4-1.7 3.6 1.2v3c0 .8-.7 1.5-1.5 1.4A12.5 12.5 0 0 1 3.1 5c-.1-.8.6-1.5 1.4-1.5z",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.9.9M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l.9-.9",
  file: "M5.5 3.5H12l3 3v10h-9.5zM12 3.5v3h3",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  warning: "M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3v.01",
  eye: "M2.5 10s2.7-5 7.5-5 7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  book: "M4 4.5c2.5-1 4.5-.6 6 .7 1.5-1.3 3.5-1.7 6-.7v11c-2.5-1-4.5-.6-6 .7-1.5-1.3-3.5-1.7-6-.7zM10 5.2v11",
  lamp: "M8 16.5h4M7.3 13.7c0-1.8-2.3-2.7-2.3-5.7a5 5 0 0 1 10 0c0 3-2.3 3.9-2.3 5.7zM10 13.7V10",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.7h7",
  upload: "M10 13V4.5M6.5 8L10 4.5 13.5 8M4 13v3h12v-3",
  columns: "M3.5 4.5h13v11h-13zM8 4.5v11M12.3 4.5v11",
  history: "M4 10a6 6 0 1 0 1.8-4.3L4 7.5M4 4v3.5h3.5M10 6.8V10l2.3 1.5",
} as const;

export type IconName = keyof typeof paths;
export const iconNames = Object.keys(paths) as readonly IconName[];

export function Icon({ name, size = 20, title }: { name: IconName; size?: number; title?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      role={title ? "img" : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      style={{ flex: "none", display: "block" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}

// Which browser a session is in, in two words. The whole text stays at hand for whoever doubts them.

const browsers: readonly [name: string, pattern: RegExp][] = [
  // Chromium's relatives name themselves beside Chrome, and Chrome beside Safari: the most particular one comes first.
  ["Edge", /\bEdgA?\/(\d+)/],
  ["360", /\b360SE\b|\bQihoo/],
  ["QQ", /\bM?QQBrowser\/(\d+)/],
  ["WeChat", /\bMicroMessenger\/(\d+)/],
  ["Firefox", /\bFirefox\/(\d+)/],
  ["Chrome", /\b(?:Headless)?Chrome\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//],
];
const systems: readonly [name: string, pattern: RegExp][] = [
  ["HarmonyOS", /\b(?:Open)?Harmony/],
  ["Android", /\bAndroid\b/],
  ["iOS", /\b(?:iPhone|iPad)\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
];

/** `Chrome 140 · Windows`. In: the User-Agent header. Out: null where neither browser nor system is recognised. */
export function browserName(userAgent: string): string | null {
  const parts: string[] = [];
  for (const [name, pattern] of browsers) {
    const match = pattern.exec(userAgent);
    if (!match) continue;
    parts.push(match[1] ? `${name} ${match[1]}` : name);
    break;
  }
  const system = systems.find(([, pattern]) => pattern.test(userAgent));
  if (system) parts.push(system[0]);
  return parts.length > 0 ? parts.join(" · ") : null;
}

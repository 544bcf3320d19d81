import assert from "node:assert/strict";
import { test } from "node:test";
import { browserName } from "./browser-name.ts";

const chrome = (os: string, more = "") =>
  `Mozilla/5.0 (${os}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.80 Safari/537.36${more}`;

test("a session's browser is told in two words", () => {
  const cases: readonly [userAgent: string, name: string | null][] = [
    [chrome("Windows NT 10.0; Win64; x64"), "Chrome 140 · Windows"],
    [chrome("Windows NT 10.0; Win64; x64", " Edg/140.0.3485.54"), "Edge 140 · Windows"],
    [chrome("X11; Linux x86_64").replace("Chrome", "HeadlessChrome"), "Chrome 140 · Linux"],
    [chrome("Linux; Android 15; V2405A").replace("Safari", "Mobile Safari"), "Chrome 140 · Android"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox 143 · macOS"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
      "Safari 18 · iOS",
    ],
    ["node", null],
    ["", null],
  ];
  for (const [userAgent, name] of cases) assert.equal(browserName(userAgent), name, userAgent);
});

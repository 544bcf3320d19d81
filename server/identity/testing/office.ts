import { after } from "node:test";
import { testDatabase } from "../../platform/testing/database.ts";
import { testPlatform } from "../../platform/testing/server.ts";
import { manualTime } from "../../platform/time.ts";
import { callerOf, identityServer } from "./http.ts";
import { testUnits } from "./people.ts";

/** A database with the province and the identity server on it, open until the tests of the file end. In: the instant it begins at. */
export async function identityOffice(begins: string) {
  const db = await testDatabase();
  const time = manualTime(begins);
  const platform = testPlatform(db, time);
  const units = await testUnits(platform);
  const server = await identityServer(platform);
  after(() => server.close());
  return { db, time, platform, server, call: callerOf(server), id: (code: string): number => units[code] as number };
}

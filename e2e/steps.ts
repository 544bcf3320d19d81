// What people do on a page, in the words of the page: fields by their labels, choices by their texts.
import type { Locator, Page } from "playwright-core";
import { password } from "./world.ts";

/** Signs in through the page, to where the person was going. */
export async function signIn(page: Page, account: string, secret: string = password): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/账号|Account/).fill(account);
  await page.getByLabel(/密码|Password/, { exact: true }).fill(secret);
  await page.getByRole("button", { name: /登录|Sign in/ }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Picks an option of a list or tree that opens; typing narrows it first. */
export async function pick(scope: Page | Locator, label: string, option: string, page: Page): Promise<void> {
  await scope.getByRole("combobox", { name: new RegExp(`^${label}`) }).click();
  await page.keyboard.insertText(option);
  await page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)").getByText(option, { exact: true }).last().click();
}

/** Types an instant as the wall clock shows it, `2026-06-12 09:34`. */
export async function typeInstant(scope: Page | Locator, label: string, wall: string): Promise<void> {
  const field = scope.getByRole("textbox", { name: new RegExp(`^${label}`) });
  await field.click();
  await field.fill(wall);
  await field.press("Enter");
}

/** The wall clock in Shanghai, so many minutes ago. */
export function wallClock(nowMs: number, minutesAgo = 0): string {
  const at = new Date(nowMs - minutesAgo * 60_000 + 8 * 3_600_000).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

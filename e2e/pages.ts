// Every page of the product, who opens it, and what is done there so that it shows what it has.
import type { Page } from "playwright-core";
import type { Connections } from "./connections.ts";
import type { Library } from "./library.ts";
import type { Work } from "./work.ts";
import type { PersonKey, World } from "./world.ts";

export type Visit = {
  readonly name: string;
  readonly as: PersonKey | null;
  readonly address: string;
  readonly act?: (page: Page) => Promise<unknown>;
};

const openPrimary = (page: Page) => page.locator("main .ant-btn-primary").first().click();

/** A desk with nothing in hand, whatever was written there before. */
const fresh = (page: Page) => page.keyboard.press("Alt+n");

export const visits = (world: World, work: Work, library: Library, connections: Connections): Visit[] => [
  { name: "01-sign-in", as: null, address: "/sign-in" },
  { name: "02-my-work", as: "handler", address: "/work" },
  { name: "02-my-work-desk", as: "agent", address: "/work" },
  {
    name: "02-my-work-selected",
    as: "agent",
    address: "/work",
    act: (page) =>
      page
        .getByRole("checkbox", { name: /^(选择本栏全部|Select all of this lane)/ })
        .first()
        .check(),
  },
  { name: "02-my-work-act", as: "handler", address: "/work", act: (page) => page.locator("[data-act]").first().click() },
  { name: "02-my-work-beside", as: "handler", address: `/work?open=${work.repairing}` },
  { name: "02-my-work-unit", as: "manager", address: "/work?tab=unit" },
  { name: "02-my-work-waiting", as: "agent", address: "/work?tab=waiting" },
  { name: "02-my-work-visits", as: "manager", address: "/work?tab=visits" },
  { name: "02-orders", as: "manager", address: "/orders" },
  { name: "02-orders-filtered", as: "agent", address: `/orders?customer=${world.customers.resident}&flow=fault-repair` },
  { name: "03-order-panel", as: "manager", address: `/orders?open=${work.repairing}` },
  { name: "04-order-repairing", as: "handler", address: `/orders/${work.repairing}` },
  { name: "05-order-form", as: "handler", address: `/orders/${work.repairing}`, act: openPrimary },
  {
    name: "06-order-explained",
    as: "manager",
    address: `/orders/${work.complaint}`,
    act: (page) => page.locator("main li button[data-state]").nth(4).click(),
  },
  { name: "07-order-archived", as: "manager", address: `/orders/${work.archived}` },
  { name: "08-order-suspended", as: "manager", address: `/orders/${work.suspended}` },
  { name: "09-orders-closed", as: "manager", address: "/orders?state=closed&sort=intake" },
  { name: "10-desk", as: "agent", address: "/desk", act: fresh },
  { name: "10-desk-customer", as: "agent", address: `/desk?flow=fault-repair&customer=${world.customers.resident}` },
  { name: "10-desk-hospital", as: "agent", address: `/desk?flow=inquiry&customer=${world.customers.hospital}` },
  {
    name: "10-desk-unfolded",
    as: "agent",
    address: "/desk?flow=complaint",
    act: (page) => page.getByRole("button", { name: /^(更多|More)/ }).click(),
  },
  {
    name: "10-desk-found",
    as: "agent",
    address: "/desk",
    act: async (page) => {
      await page.getByRole("combobox", { name: /^(查找客户或工单|Find a customer)/ }).fill("4471");
      await page.getByRole("option").first().waitFor();
    },
  },
  { name: "11-customers", as: "agent", address: "/customers" },
  { name: "12-customer", as: "agent", address: `/customers/${world.customers.resident}` },
  { name: "13-customer-edit", as: "agent", address: `/customers/${world.customers.resident}/edit` },
  { name: "13-transformer-areas", as: "agent", address: "/transformer-areas" },
  { name: "13-customer-managers", as: "manager", address: "/customer-managers" },
  { name: "13-customer-duplicates", as: "manager", address: "/customer-duplicates" },
  {
    name: "13-customer-merge",
    as: "manager",
    address: `/customers/${world.customers.resident}/merge?with=${world.customers.hospital}`,
  },
  { name: "13-customer-import", as: "manager", address: "/customers/import" },
  { name: "14-organisation", as: "admin", address: `/organisation?unit=${world.units.rural}` },
  {
    name: "14-organisation-new",
    as: "admin",
    address: `/organisation?unit=${world.units.rural}`,
    act: (page) => page.getByRole("button", { name: /新建下级单位|New unit below/ }).click(),
  },
  {
    name: "14-organisation-import",
    as: "admin",
    address: "/organisation",
    act: (page) => page.getByRole("button", { name: /导入组织机构|Import units/ }).click(),
  },
  { name: "15-staff", as: "admin", address: "/staff" },
  {
    name: "15-staff-locked",
    as: "security",
    address: "/staff",
    act: (page) => page.getByRole("button", { name: /锁定的网络地址|Locked addresses/ }).click(),
  },
  { name: "16-person", as: "security", address: `/staff/${world.staff.agent}` },
  {
    name: "16-person-grant",
    as: "security",
    address: `/staff/${world.staff.agent}`,
    act: (page) => page.getByRole("button", { name: /授予角色|Grant a role/ }).click(),
  },
  { name: "17-api-keys", as: "security", address: "/api-keys", act: openPrimary },
  { name: "18-access-log", as: "audit", address: "/access-log" },
  { name: "19-account", as: "agent", address: "/account" },
  { name: "20-calendar", as: "admin", address: "/calendars?year=2026" },
  { name: "21-calendar-provisional", as: "admin", address: "/calendars?year=2027" },
  { name: "22-calendar-entry", as: "admin", address: "/calendars/enter-year" },
  { name: "23-rule-packs", as: "admin", address: "/rule-packs" },
  { name: "24-rule-pack", as: "admin", address: "/rule-packs/state-grid-2022" },
  { name: "25-rule-pack-edit", as: "admin", address: "/rule-packs/state-grid-2022?view=edit" },
  { name: "26-rule-pack-versions", as: "admin", address: "/rule-packs/state-grid-2022?view=versions" },
  { name: "27-rulebooks", as: "admin", address: "/rulebooks" },
  { name: "27-policies", as: "admin", address: "/policies" },
  { name: "27-policies-read", as: "manager", address: "/policies" },
  { name: "28-flows", as: "manager", address: "/flows" },
  { name: "29-flow-fault-repair", as: "manager", address: "/flows/fault-repair" },
  { name: "30-flow-complaint", as: "manager", address: "/flows/complaint" },
  {
    name: "31-palette",
    as: "manager",
    address: "/orders",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.insertText("南庄");
      await page.getByRole("option").nth(2).waitFor();
    },
  },
  { name: "32-keys", as: "manager", address: "/orders", act: (page) => page.keyboard.press("?") },
  { name: "35-knowledge", as: "agent", address: "/knowledge" },
  { name: "35-knowledge-found", as: "agent", address: "/knowledge?text=停电" },
  { name: "35-knowledge-near", as: "agent", address: "/knowledge?text=你好我家里突然没电了怎么办" },
  { name: "35-knowledge-nothing", as: "agent", address: "/knowledge?text=光伏并网结算周期" },
  { name: "36-article-question", as: "agent", address: `/knowledge/${library.articles["fault-call"]}` },
  { name: "36-article-question-editor", as: "manager", address: `/knowledge/${library.articles["fault-call"]}` },
  { name: "36-article-handbook", as: "handler", address: `/knowledge/${library.articles["handbook-repair-crew"]}` },
  { name: "36-article-fault", as: "handler", address: `/knowledge/${library.articles["fault-low-voltage"]}` },
  { name: "36-article-submitted", as: "manager", address: `/knowledge/${library.submitted}` },
  { name: "37-article-new", as: "manager", address: "/knowledge/new" },
  { name: "37-article-edit", as: "verifier", address: `/knowledge/${library.draft}/edit` },
  { name: "38-knowledge-work", as: "manager", address: "/knowledge/work" },
  { name: "38-knowledge-missed", as: "manager", address: "/knowledge/work?list=MISSED" },
  {
    name: "39-order-knowledge",
    as: "handler",
    address: `/orders/${work.repairing}`,
    act: (page) => page.getByRole("button", { name: /抢修班组|Repair crew/ }).click(),
  },
  { name: "40-connections", as: "manager", address: "/connections" },
  { name: "40-connections-closed", as: "agent", address: "/connections?state=closed" },
  { name: "40-connection-compliance", as: "manager", address: "/connections/compliance" },
  { name: "41-connection-panel", as: "agent", address: `/connections?open=${connections.planning}` },
  { name: "42-connection-building", as: "agent", address: `/orders/${connections.building}` },
  { name: "42-connection-inspecting", as: "handler", address: `/orders/${connections.inspecting}` },
  { name: "42-connection-archived", as: "manager", address: `/orders/${connections.energised}` },
  { name: "43-connection-new", as: "agent", address: "/desk?flow=connection-hv-single" },
  { name: "44-flow-connection", as: "manager", address: "/flows/connection-hv-single" },
  { name: "45-styleguide", as: "agent", address: "/styleguide" },
  { name: "45-styleguide-languages", as: "agent", address: "/styleguide?side=languages" },
  { name: "33-not-found", as: "manager", address: "/nowhere" },
  { name: "34-refused", as: "agent", address: "/access-log" },
];

/** Waits until a page has drawn what it asked for: its title stands, and no grey bars are left. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1, h2").first().waitFor();
  for (let quiet = 0; quiet < 2; quiet++) {
    // Those of the style guide are there to be looked at.
    for (const name of ["正在读取…", "Loading…"])
      await page.locator(`[role=status][aria-label="${name}"]:not([data-specimen] *)`).first().waitFor({ state: "detached" });
    await page.waitForTimeout(100); // what was read may bring parts that read more
  }
}

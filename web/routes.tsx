// Every address of the product and the page behind it. Pages are loaded when they are first opened.
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { readAccessLogSearch } from "./identity/access-log/access-log-search.ts";
import { readStaffSearch, readUnitSearch } from "./identity/search.ts";
import { readCalendarSearch } from "./calendar/search.ts";
import { readRuleSearch } from "./clock/search.ts";
import { readComplianceSearch, readTrackingSearch } from "./connection/search.ts";
import { readAreaSearch, readCustomerSearch, readMergeSearch } from "./customer/search.ts";
import { readWorkSearch as readMyWorkSearch } from "./desk/work/search.ts";
import { readKnowledgeSearch, readNewArticleSearch, readVersionSearch, readWorkSearch } from "./knowledge/search.ts";
import { whenSignedOut } from "./platform/client.ts";
import { parseSearch, writeSearch } from "./platform/search.ts";
import { currentSession, forgetSession, knownSession } from "./platform/session.ts";
import { Crashed, NotFound } from "./shell/fallback.tsx";
import { Inside } from "./shell/inside.tsx";
import { readStyleguideSearch } from "./styleguide/search.ts";
import { readOrderSearch, readIntakeSearch } from "./work-order/list/search.ts";

const root = createRootRouteWithContext()({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crashed });

/** Where to go after signing in: only an address of this product. */
const readNext = (search: Record<string, unknown>): { next?: string } =>
  typeof search["next"] === "string" && /^\/(?![/\\])/.test(search["next"]) ? { next: search["next"] } : {};

const signIn = createRoute({
  getParentRoute: () => root,
  path: "sign-in",
  validateSearch: (search): { next?: string; ended?: true } => ({
    ...readNext(search),
    ...(search["ended"] === "true" || search["ended"] === true ? { ended: true } : {}),
  }),
  component: lazyRouteComponent(() => import("./pages/sign-in-page.tsx"), "SignInPage"),
});

/** Pages of somebody signed in who has more to do before the work begins. */
const outside = createRoute({
  getParentRoute: () => root,
  id: "outside",
  beforeLoad: async ({ location }) => {
    const session = await currentSession();
    if (!session) throw redirect({ to: "/sign-in", search: { next: location.href } });
    return { session };
  },
});
const firstPassword = createRoute({
  getParentRoute: () => outside,
  path: "password",
  validateSearch: readNext,
  component: lazyRouteComponent(() => import("./pages/first-password-page.tsx"), "FirstPasswordPage"),
});
const setUp = createRoute({
  getParentRoute: () => outside,
  path: "set-up",
  component: lazyRouteComponent(() => import("./pages/set-up-page.tsx"), "SetUpPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ location }) => {
    const session = await currentSession();
    if (!session) throw redirect({ to: "/sign-in", search: { next: location.href } });
    if (session.mustChangePassword) throw redirect({ to: "/password", search: { next: location.href } });
    if (session.organisationPlaceholder) throw redirect({ to: "/set-up" });
    return { session };
  },
  component: Inside,
  errorComponent: Crashed,
});
const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: ({ context: { session } }) => {
    const holds = (asked: string) => session.permissions.some(({ permission }) => permission === asked);
    if (holds("order.intake")) throw redirect({ to: "/desk" });
    throw redirect({
      to: holds("order.act")
        ? "/work"
        : holds("order.read")
          ? "/orders"
          : holds("knowledge.read")
            ? "/knowledge"
            : "/organisation",
    });
  },
});

const work = createRoute({
  getParentRoute: () => inside,
  path: "work",
  validateSearch: readMyWorkSearch,
  component: lazyRouteComponent(() => import("./pages/my-work-page.tsx"), "MyWorkPage"),
});
const orders = createRoute({
  getParentRoute: () => inside,
  path: "orders",
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import("./pages/order-list-page.tsx"), "OrderListPage"),
});
const desk = createRoute({
  getParentRoute: () => inside,
  path: "desk",
  validateSearch: readIntakeSearch,
  component: lazyRouteComponent(() => import("./pages/intake-desk-page.tsx"), "IntakeDeskPage"),
});
/** Where demands were taken in before there was a desk. */
const newOrder = createRoute({
  getParentRoute: () => inside,
  path: "orders/new",
  validateSearch: readIntakeSearch,
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/desk", search });
  },
});
const order = createRoute({
  getParentRoute: () => inside,
  path: "orders/$orderId",
  component: lazyRouteComponent(() => import("./pages/order-page.tsx"), "OrderPage"),
});
const connections = createRoute({
  getParentRoute: () => inside,
  path: "connections",
  validateSearch: readTrackingSearch,
  component: lazyRouteComponent(() => import("./pages/connection-list-page.tsx"), "ConnectionListPage"),
});
const connectionCompliance = createRoute({
  getParentRoute: () => inside,
  path: "connections/compliance",
  validateSearch: readComplianceSearch,
  component: lazyRouteComponent(() => import("./pages/connection-compliance-page.tsx"), "ConnectionCompliancePage"),
});
const customers = createRoute({
  getParentRoute: () => inside,
  path: "customers",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("./pages/customer-list-page.tsx"), "CustomerListPage"),
});
const newCustomer = createRoute({
  getParentRoute: () => inside,
  path: "customers/new",
  component: lazyRouteComponent(() => import("./pages/customer-edit-page.tsx"), "NewCustomerPage"),
});
const customer = createRoute({
  getParentRoute: () => inside,
  path: "customers/$customerId",
  component: lazyRouteComponent(() => import("./pages/customer-page.tsx"), "CustomerPage"),
});
const editCustomer = createRoute({
  getParentRoute: () => inside,
  path: "customers/$customerId/edit",
  component: lazyRouteComponent(() => import("./pages/customer-edit-page.tsx"), "EditCustomerPage"),
});
const importCustomers = createRoute({
  getParentRoute: () => inside,
  path: "customers/import",
  component: lazyRouteComponent(() => import("./pages/customer-import-page.tsx"), "CustomerImportPage"),
});
const mergeCustomer = createRoute({
  getParentRoute: () => inside,
  path: "customers/$customerId/merge",
  validateSearch: readMergeSearch,
  component: lazyRouteComponent(() => import("./pages/customer-merge-page.tsx"), "CustomerMergePage"),
});
const customerManagers = createRoute({
  getParentRoute: () => inside,
  path: "customer-managers",
  component: lazyRouteComponent(() => import("./pages/customer-managers-page.tsx"), "CustomerManagersPage"),
});
const customerDuplicates = createRoute({
  getParentRoute: () => inside,
  path: "customer-duplicates",
  component: lazyRouteComponent(() => import("./pages/customer-duplicates-page.tsx"), "CustomerDuplicatesPage"),
});
const card = createRoute({
  getParentRoute: () => inside,
  path: "card/$token",
  component: lazyRouteComponent(() => import("./pages/customer-card-page.tsx"), "CustomerCardPage"),
});
const knowledge = createRoute({
  getParentRoute: () => inside,
  path: "knowledge",
  validateSearch: readKnowledgeSearch,
  component: lazyRouteComponent(() => import("./pages/knowledge-list-page.tsx"), "KnowledgeListPage"),
});
const knowledgeWork = createRoute({
  getParentRoute: () => inside,
  path: "knowledge/work",
  validateSearch: readWorkSearch,
  component: lazyRouteComponent(() => import("./pages/knowledge-work-page.tsx"), "KnowledgeWorkPage"),
});
const newArticle = createRoute({
  getParentRoute: () => inside,
  path: "knowledge/new",
  validateSearch: readNewArticleSearch,
  component: lazyRouteComponent(() => import("./pages/knowledge-edit-page.tsx"), "NewArticlePage"),
});
const article = createRoute({
  getParentRoute: () => inside,
  path: "knowledge/$articleId",
  validateSearch: readVersionSearch,
  component: lazyRouteComponent(() => import("./pages/knowledge-article-page.tsx"), "KnowledgeArticlePage"),
});
const editArticle = createRoute({
  getParentRoute: () => inside,
  path: "knowledge/$articleId/edit",
  component: lazyRouteComponent(() => import("./pages/knowledge-edit-page.tsx"), "EditArticlePage"),
});
const organisation = createRoute({
  getParentRoute: () => inside,
  path: "organisation",
  validateSearch: readUnitSearch,
  component: lazyRouteComponent(() => import("./pages/organisation-page.tsx"), "OrganisationPage"),
});
const staff = createRoute({
  getParentRoute: () => inside,
  path: "staff",
  validateSearch: readStaffSearch,
  component: lazyRouteComponent(() => import("./pages/staff-list-page.tsx"), "StaffListPage"),
});
const person = createRoute({
  getParentRoute: () => inside,
  path: "staff/$staffId",
  component: lazyRouteComponent(() => import("./pages/staff-page.tsx"), "StaffPage"),
});
const apiKeys = createRoute({
  getParentRoute: () => inside,
  path: "api-keys",
  component: lazyRouteComponent(() => import("./pages/api-keys-page.tsx"), "ApiKeysPage"),
});
const accessLog = createRoute({
  getParentRoute: () => inside,
  path: "access-log",
  validateSearch: readAccessLogSearch,
  component: lazyRouteComponent(() => import("./pages/access-log-page.tsx"), "AccessLogPage"),
});
const account = createRoute({
  getParentRoute: () => inside,
  path: "account",
  component: lazyRouteComponent(() => import("./pages/account-page.tsx"), "AccountPage"),
});
const calendars = createRoute({
  getParentRoute: () => inside,
  path: "calendars",
  validateSearch: readCalendarSearch,
  component: lazyRouteComponent(() => import("./pages/calendar-page.tsx"), "CalendarPage"),
});
const calendarYear = createRoute({
  getParentRoute: () => inside,
  path: "calendars/enter-year",
  component: lazyRouteComponent(() => import("./pages/calendar-entry-page.tsx"), "CalendarEntryPage"),
});
const rulePacks = createRoute({
  getParentRoute: () => inside,
  path: "rule-packs",
  component: lazyRouteComponent(() => import("./pages/rule-packs-page.tsx"), "RulePacksPage"),
});
const rulePack = createRoute({
  getParentRoute: () => inside,
  path: "rule-packs/$key",
  validateSearch: readRuleSearch,
  component: lazyRouteComponent(() => import("./pages/rule-pack-page.tsx"), "RulePackPage"),
});
const rulebooks = createRoute({
  getParentRoute: () => inside,
  path: "rulebooks",
  component: lazyRouteComponent(() => import("./pages/rulebooks-page.tsx"), "RulebooksPage"),
});
const policies = createRoute({
  getParentRoute: () => inside,
  path: "policies",
  component: lazyRouteComponent(() => import("./pages/policies-page.tsx"), "PoliciesPage"),
});
const transformerAreas = createRoute({
  getParentRoute: () => inside,
  path: "transformer-areas",
  validateSearch: readAreaSearch,
  component: lazyRouteComponent(() => import("./pages/transformer-areas-page.tsx"), "TransformerAreasPage"),
});
const flows = createRoute({
  getParentRoute: () => inside,
  path: "flows",
  component: lazyRouteComponent(() => import("./pages/flow-list-page.tsx"), "FlowListPage"),
});
const flow = createRoute({
  getParentRoute: () => inside,
  path: "flows/$flowId",
  component: lazyRouteComponent(() => import("./pages/flow-page.tsx"), "FlowPage"),
});

const styleguide = createRoute({
  getParentRoute: () => inside,
  path: "styleguide",
  validateSearch: readStyleguideSearch,
  component: lazyRouteComponent(() => import("./pages/styleguide-page.tsx"), "StyleguidePage"),
});

const routeTree = root.addChildren([
  signIn,
  outside.addChildren([firstPassword, setUp]),
  inside.addChildren([
    home,
    work,
    desk,
    orders,
    newOrder,
    order,
    connections,
    connectionCompliance,
    customers,
    newCustomer,
    customer,
    editCustomer,
    importCustomers,
    mergeCustomer,
    customerManagers,
    customerDuplicates,
    card,
    knowledge,
    knowledgeWork,
    newArticle,
    article,
    editArticle,
    organisation,
    staff,
    person,
    apiKeys,
    accessLog,
    account,
    calendars,
    calendarYear,
    rulePacks,
    rulePack,
    rulebooks,
    policies,
    transformerAreas,
    flows,
    flow,
    styleguide,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: "intent",
  defaultPreloadDelay: 60,
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
});

// A session that ended leads back to the sign-in, and from there to where the person was.
whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === "/sign-in") return;
  // Whoever was never signed in here comes from the question who is signed in; the route itself leads them on.
  if (!knownSession()) return;
  forgetSession();
  void router.navigate({ to: "/sign-in", search: { next: href, ended: true } });
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

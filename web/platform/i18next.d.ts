import "i18next";
import type calendar from "../calendar/texts.zh.json";
import type clock from "../clock/texts.zh.json";
import type connection from "../connection/texts.zh.json";
import type customer from "../customer/texts.zh.json";
import type desk from "../desk/texts.zh.json";
import type flow from "../flow/texts.zh.json";
import type identity from "../identity/texts.zh.json";
import type knowledge from "../knowledge/texts.zh.json";
import type shell from "../shell/texts.zh.json";
import type styleguide from "../styleguide/texts.zh.json";
import type ui from "../ui/texts.zh.json";
import type work from "../desk/work/texts.zh.json";
import type workOrder from "../work-order/texts.zh.json";

// A key that has no text is a type error.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "ui";
    returnNull: false;
    resources: {
      calendar: typeof calendar;
      clock: typeof clock;
      connection: typeof connection;
      customer: typeof customer;
      desk: typeof desk;
      flow: typeof flow;
      identity: typeof identity;
      knowledge: typeof knowledge;
      shell: typeof shell;
      styleguide: typeof styleguide;
      ui: typeof ui;
      work: typeof work;
      "work-order": typeof workOrder;
    };
  }
}

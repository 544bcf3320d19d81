import path from "node:path";
import type { Bilingual } from "@bihuan/core/text.ts";
import { z } from "zod";
import { logLevels } from "./log.ts";

/** What a variable should hold, in both languages; zod's own words speak of types to people who set variables. */
const told = ({ zh, en }: Bilingual) => ({ error: () => `${zh}\n${en}` });

const whole = (least: number, most: number, otherwise: number) => {
  const message = told({ zh: `应为 ${least} 至 ${most} 的整数`, en: `expected a whole number from ${least} to ${most}` });
  return z.coerce.number(message).int(message).min(least, message).max(most, message).default(otherwise);
};

// Every variable the product reads. docs/operations.md explains them; a test keeps the two in step.
const Environment = z
  .object({
    PORT: whole(0, 65535, 8080),
    HOST: z.string().min(1).default("127.0.0.1"),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        ...told({ zh: "应为 postgres://用户:密码@主机:端口/数据库", en: "expected postgres://user:password@host:port/database" }),
      })
      .optional(),
    BIHUAN_DATA: z.string().min(1).default("./data"),
    BIHUAN_ATTACHMENTS: z.string().min(1).optional(),
    BIHUAN_ATTACHMENT_LIMIT_MB: whole(1, 1024, 20),
    BIHUAN_PDF_FONT: z.string().min(1).optional(),
    BIHUAN_PUBLIC_URL: z
      .url({
        protocol: /^https?$/,
        ...told({ zh: "应为 http:// 或 https:// 开头的地址", en: "expected an address that begins with http:// or https://" }),
      })
      .optional(),
    BIHUAN_TLS_CERT: z.string().min(1).optional(),
    BIHUAN_TLS_KEY: z.string().min(1).optional(),
    BIHUAN_TRUST_PROXY: z.string().min(1).optional(),
    BIHUAN_SESSION_IDLE_MINUTES: whole(5, 1440, 120),
    BIHUAN_SESSION_HOURS: whole(1, 168, 14),
    BIHUAN_PASSWORD_MAX_DAYS: whole(0, 3650, 0),
    BIHUAN_ACCESS_LOG_MONTHS: whole(6, 600, 12),
    BIHUAN_POOL_SIZE: whole(2, 500, 20),
    BIHUAN_JOB_CONCURRENCY: whole(0, 100, 4),
    BIHUAN_LOG_LEVEL: z
      .enum(logLevels, told({ zh: `应为 ${logLevels.join("、")} 之一`, en: `expected one of ${logLevels.join(", ")}` }))
      .default("info"),
    BIHUAN_METRICS_TOKEN: z
      .string()
      .min(16, told({ zh: "至少 16 个字符", en: "expected at least 16 characters" }))
      .optional(),
  })
  .superRefine((env, context) => {
    for (const [given, missing] of [
      ["BIHUAN_TLS_CERT", "BIHUAN_TLS_KEY"],
      ["BIHUAN_TLS_KEY", "BIHUAN_TLS_CERT"],
    ] as const)
      if (env[given] && !env[missing])
        context.addIssue({
          code: "custom",
          path: [missing],
          message: told({ zh: `须与 ${given} 一并设置`, en: `must be set together with ${given}` }).error(),
        });
  });

/** Names of the variables the product reads. */
export const variables: readonly string[] = Object.keys(Environment.shape);

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Null: the embedded PostgreSQL in `dataFolder`. */
  readonly databaseUrl: string | null;
  readonly dataFolder: string;
  /** Outside the web root; backed up together with the database. */
  readonly attachmentFolder: string;
  readonly attachmentLimitBytes: number;
  /** A TTF or OTF font for printed sheets, in place of the one that comes with the product. */
  readonly pdfFont: string | null;
  /** What people type into their browser, where it differs from host and port. */
  readonly publicUrl: string | null;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: string | null;
  /** A session ends after so long without a request, and after so long whatever happens. */
  readonly sessionIdleMinutes: number;
  readonly sessionHours: number;
  /** 0: passwords do not expire. */
  readonly passwordMaxDays: number;
  /** How long the access log is kept; at least six months (Cybersecurity Law art. 21 (3)). */
  readonly accessLogMonths: number;
  readonly poolSize: number;
  /** 0: this process runs no jobs. */
  readonly jobConcurrency: number;
  readonly logLevel: (typeof logLevels)[number];
  /** Where set, `/metrics` answers only to this bearer token. */
  readonly metricsToken: string | null;
};

/** What is wrong with the settings: a line for each variable, in either language. The message has both, Chinese first. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly text: Bilingual;
  constructor(text: Bilingual) {
    super(`${text.zh}\n${text.en}`);
    this.text = text;
  }
}

/**
 * Reads the configuration. In: the environment, and the folder relative paths start from. An empty variable counts as not
 * set. Errors: ConfigError, one line for each variable that is wrong, naming it; values are not repeated (they may be secrets).
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>, base: string): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => variables.includes(name) && value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const lines = (language: 0 | 1, mark: string) =>
      parsed.error.issues.map(({ path: at, message }) => `${at.join(".")}${mark}${message.split("\n")[language] ?? message}`);
    throw new ConfigError({ zh: lines(0, "：").join("\n"), en: lines(1, ": ").join("\n") });
  }
  const env = parsed.data;
  const dataFolder = path.resolve(base, env.BIHUAN_DATA);
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL ?? null,
    dataFolder,
    attachmentFolder: path.resolve(base, env.BIHUAN_ATTACHMENTS ?? path.join(dataFolder, "attachments")),
    attachmentLimitBytes: env.BIHUAN_ATTACHMENT_LIMIT_MB * 1024 * 1024,
    pdfFont: env.BIHUAN_PDF_FONT ? path.resolve(base, env.BIHUAN_PDF_FONT) : null,
    publicUrl: env.BIHUAN_PUBLIC_URL?.replace(/\/$/, "") ?? null,
    tls:
      env.BIHUAN_TLS_CERT && env.BIHUAN_TLS_KEY
        ? { certFile: path.resolve(base, env.BIHUAN_TLS_CERT), keyFile: path.resolve(base, env.BIHUAN_TLS_KEY) }
        : null,
    trustProxy: env.BIHUAN_TRUST_PROXY ?? null,
    sessionIdleMinutes: env.BIHUAN_SESSION_IDLE_MINUTES,
    sessionHours: env.BIHUAN_SESSION_HOURS,
    passwordMaxDays: env.BIHUAN_PASSWORD_MAX_DAYS,
    accessLogMonths: env.BIHUAN_ACCESS_LOG_MONTHS,
    poolSize: env.BIHUAN_POOL_SIZE,
    jobConcurrency: env.BIHUAN_JOB_CONCURRENCY,
    logLevel: env.BIHUAN_LOG_LEVEL,
    metricsToken: env.BIHUAN_METRICS_TOKEN ?? null,
  };
}

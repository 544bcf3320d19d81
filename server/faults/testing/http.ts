// Requests as no browser sends them: paths that nobody tidied up, bodies that stop halfway, bytes that are no HTTP.
import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { Problem } from "@bihuan/contract/platform.ts";

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The code of a refusal in the catalogue's form; null where the answer is none. */
  readonly code: string | null;
};

export type Question = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Text and bytes are sent with their length, several pieces without (chunked). */
  readonly body?: string | Buffer | Iterable<string | Buffer>;
};

/** Sends one request over a connection of its own. Errors: the connection ended without an answer. */
export async function ask(address: string, { method = "GET", path, headers = {}, body }: Question): Promise<Answer> {
  const { hostname, port } = new URL(address);
  const sent = request({ hostname, port, method, path, headers, agent: false });
  const answered = once(sent, "response") as Promise<[Readable & { statusCode: number; headers: IncomingHttpHeaders }]>;
  sent.on("error", () => undefined); // it may close while we still write; what counts is whether it answered
  if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) sent.end(body);
  else Readable.from(body, { objectMode: false }).pipe(sent);
  const [response] = await answered;
  const received = await response.toArray().catch(() => []);
  const { statusCode: status } = response;
  return answerOf(status, response.headers, Buffer.concat(received as Buffer[]));
}

/** Writes bytes and reads what comes back until the other side hangs up. */
export async function sendBytes(address: string, bytes: string | Buffer): Promise<Answer> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  socket.on("error", () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => socket.once("close", resolve));
  const text = Buffer.concat(received).toString("latin1");
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((each) => [each.slice(0, each.indexOf(":")).toLowerCase(), each.slice(each.indexOf(":") + 1).trim()]),
  );
  return answerOf(Number(line.split(" ")[1]), headers, Buffer.from(rest.join("\r\n\r\n"), "latin1"));
}

function answerOf(status: number, headers: IncomingHttpHeaders, body: Buffer): Answer {
  const isProblem = headers["content-type"]?.startsWith("application/problem+json") ?? false;
  const problem = isProblem ? Problem.strict().parse(JSON.parse(body.toString())) : null;
  return { status, headers, body, code: problem?.code ?? null };
}

/** A multipart body. In: each file's name as it stands in its header, its content, and the type it claims to have. */
export function multipart(...files: readonly { name: string; content: string | Buffer; type?: string }[]): {
  headers: { "content-type": string };
  body: Buffer;
} {
  const boundary = "----faults";
  const parts = files.flatMap(({ name, content, type = "application/octet-stream" }) => [
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
    content,
    "\r\n",
  ]);
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part as string))),
  };
}

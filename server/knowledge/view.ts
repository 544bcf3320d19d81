// Articles as the contract shows them: units by name, what this reader may do, and to readers only what was approved.
import type { ArticleRow, ArticleVersion, ArticleView } from "@bihuan/contract/knowledge.ts";
import { changedParts, excerptOf } from "@bihuan/core/knowledge/article.ts";
import { lifeRefusal, standingOn, type VersionAction } from "@bihuan/core/knowledge/life.ts";
import { can } from "@bihuan/core/identity/scope.ts";
import type { z } from "zod";
import { instant, instantOrNull } from "../platform/sql.ts";
import type { Remark } from "./feedback.ts";
import type { ArticleRecord, ListedVersion, VersionRecord } from "./queries.ts";
import { mayEdit, personOf, type Reader } from "./reader.ts";

const unitName = ({ tree }: Reader, unitId: number) => ({ unitId, name: tree.unit(unitId)?.name ?? String(unitId) });

/** An article as a line of a list. */
export const articleRow = (reader: Reader, row: ListedVersion): z.input<typeof ArticleRow> => ({
  articleId: row.articleId,
  version: row.version,
  kind: row.kind,
  standing: standingOn(row, reader.today),
  title: row.content.title,
  excerpt: excerptOf(row.content),
  unit: unitName(reader, row.unitId),
  roles: [...row.roles],
  links: [...row.links],
  holdsFrom: row.holdsFrom,
  holdsTo: row.holdsTo,
  helped: row.helped,
  notHelped: row.notHelped,
  files: row.files,
});

const approved = ({ state }: VersionRecord): boolean => state === "APPROVED";

/**
 * The version to show, or null where this reader may see none: the one asked for, else the one in force, else what editors have in
 * hand, else the newest that was approved.
 */
export function versionToShow(
  reader: Reader,
  article: ArticleRecord,
  versions: readonly VersionRecord[],
  asked: number | undefined,
): VersionRecord | null {
  const open = mayEdit(reader, article.unitId) ? versions : versions.filter(approved);
  if (asked !== undefined) return open.find(({ version }) => version === asked) ?? null;
  return open.find((version) => standingOn(version, reader.today) === "IN_FORCE") ?? open[0] ?? null;
}

export type Feedback = { readonly mine: boolean | null; readonly remarks: readonly Remark[] };

/** An article with one of its versions in full. */
export function articleView(
  reader: Reader,
  article: ArticleRecord,
  versions: readonly VersionRecord[],
  shown: VersionRecord,
  feedback: Feedback,
): z.input<typeof ArticleView> {
  const edits = mayEdit(reader, article.unitId);
  const approves = can(reader.scope, reader.tree, "knowledge.approve", article.unitId);
  const person = personOf(reader);
  const may = (action: VersionAction) => lifeRefusal(action, shown, person);
  const inHand = versions.some(({ state }) => state === "DRAFT" || state === "SUBMITTED");
  const inForce = versions.find((version) => version !== shown && standingOn(version, reader.today) === "IN_FORCE");
  const approval = may("approve");
  return {
    articleId: article.articleId,
    kind: article.kind,
    unit: unitName(reader, article.unitId),
    revision: article.revision,
    shown: versionView(reader, shown),
    changedParts: approved(shown) || !inForce ? [] : changedParts(inForce.content, shown.content),
    versions: versions
      .filter((version) => edits || approved(version))
      .map((version) => ({
        version: version.version,
        standing: standingOn(version, reader.today),
        holdsFrom: version.holdsFrom,
        holdsTo: version.holdsTo,
        note: version.note,
        decidedBy: version.decidedBy,
      })),
    feedback: {
      helped: shown.helped,
      notHelped: shown.notHelped,
      mine: feedback.mine,
      remarks: edits ? feedback.remarks.map(({ helped, remark, atMs }) => ({ helped, remark, at: instant(atMs) })) : [],
    },
    actions: {
      // Without one in hand, editing begins the next version from the one shown.
      edit: edits && (may("edit") === null || !inHand),
      submit: edits && may("submit") === null,
      discard: edits && may("discard") === null,
      approve: approves && approval === null,
      return: approves && may("return") === null,
      withdraw: approves && may("withdraw") === null && standingOn(shown, reader.today) !== "SUPERSEDED",
      feedback: person !== null && standingOn(shown, reader.today) === "IN_FORCE",
    },
    ownWords: approves && approval?.refused === "knowledge.own-words",
  };
}

const versionView = (reader: Reader, version: VersionRecord): z.input<typeof ArticleVersion> => ({
  version: version.version,
  standing: standingOn(version, reader.today),
  content: version.content,
  roles: [...version.roles],
  links: [...version.links],
  validFrom: version.validFrom,
  validTo: version.validTo,
  holdsFrom: version.holdsFrom,
  holdsTo: version.holdsTo,
  note: version.note,
  authors: [...version.authors],
  submittedAt: instantOrNull(version.submittedAtMs),
  decidedBy: version.decidedBy,
  decidedAt: instantOrNull(version.decidedAtMs),
  reason: version.reason,
  files: version.files.map(({ fileNo, name, sizeBytes, mediaType }) => ({ fileNo, name, sizeBytes, mediaType })),
});

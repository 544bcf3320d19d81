// Articles for tests: the least of each kind, in words of their own.
import { ArticleContent, ArticleDraft } from "../article.ts";

const zhOnly = (zh: string) => ({ zh, en: null });

/** The content of a question: as little as it needs, changed by `more`. */
export const questionContent = (more: Partial<ArticleContent> = {}): ArticleContent =>
  ArticleContent.parse({
    title: { zh: "家里停电了怎么办", en: "My home is without power" },
    keywords: ["没电", "跳闸"],
    answer: { zh: "请先看表前开关和邻居是否有电。", en: "Please look whether the neighbours have power." },
    asks: [{ zh: "邻居家有电吗？", en: "Do the neighbours have power?" }],
    ...more,
  });

export const questionDraft = (more: Partial<ArticleDraft> = {}): ArticleDraft =>
  ArticleDraft.parse({ content: questionContent(), links: [{ flow: "fault-repair" }], ...more });

export const handbookContent = (more: Partial<ArticleContent> = {}): ArticleContent =>
  ArticleContent.parse({
    title: zhOnly("抢修人员到达现场"),
    steps: [{ what: zhOnly("确认安全距离"), how: zhOnly("先验电，后作业"), byWhen: zhOnly("到达后立即") }],
    ...more,
  });

export const faultContent = (more: Partial<ArticleContent> = {}): ArticleContent =>
  ArticleContent.parse({
    title: zhOnly("单相电压偏低"),
    causes: [{ cause: zhOnly("接户线接触不良"), check: zhOnly("测量表前电压"), remedy: zhOnly("紧固或更换") }],
    ...more,
  });

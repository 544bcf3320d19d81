// What a demand says, as words. Chinese is written without blanks: the Unicode segmenter knows a dictionary of words, and what it
// leaves as single characters is joined with its neighbours (跳·闸, 营业·厅), since one character alone says little.

// The locale is given, so that the same text has the same words on every machine.
const segmenter = new Intl.Segmenter("zh-Hans-CN", { granularity: "word" });

const han = /^\p{Script=Han}+$/u;
const latin = /^\p{Script=Latin}[\p{Script=Latin}'’-]*$/u;

/** More distinct words than these are not taken: a demand says what it is about at its beginning. */
const MOST_WORDS = 60;
const MOST_CHARACTERS = 2000;

// Said in every demand, whatever it is about, or said about people.
const EMPTY_HAN = new Set(
  "的了是在我你您他她它们这那个一二三四五六七八九十两和与及或就都也又还很吧吗呢啊呀哦嗯着过把被给让向从到对于为以之其",
);
const EMPTY_WORDS = new Set(
  `我们 你们 他们 您好 你好 客户 用户 来电 反映 表示 称 先生 女士 小姐 电话 手机 现在 目前 今天 昨天 今日 这个 那个 一个 因为 所以
   但是 而且 如果 请 麻烦 谢谢 the a an and or of to in on at is are was were be been it its this that for with my our your their i we you
   he she they has have had do does did not from by as customer caller says said please`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

type Piece = { readonly word: string; readonly kind: "han" | "latin" };

// Stretches of words that stand beside one another. Numbers, punctuation and what belongs to the caller end a stretch.
function stretches(text: string): Piece[][] {
  const found: Piece[][] = [[]];
  const end = () => {
    if (found.at(-1)?.length !== 0) found.push([]);
  };
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const kind = isWordLike !== true ? null : han.test(segment) ? "han" : latin.test(segment) ? "latin" : null;
    if (kind !== null) found.at(-1)?.push({ word: segment, kind });
    // A blank between two Latin words does not part them.
    else if (segment.trim() !== "" || found.at(-1)?.at(-1)?.kind === "han") end();
  }
  return found;
}

const length = (word: string): number => [...word].length;
const isEmpty = ({ word, kind }: Piece): boolean =>
  EMPTY_WORDS.has(word) || (kind === "han" ? length(word) === 1 && EMPTY_HAN.has(word) : length(word) < 2);

/**
 * The distinct words of what a caller says, in the order they stand there: words of two characters and more, single characters
 * joined with the words beside them, Latin words in lower case. Nothing that holds a digit is a word, and nothing that stands in
 * `personal`. In: the text; what is known of the caller (name, address, numbers), which must not become vocabulary.
 */
export function wordsOf(text: string, personal: readonly (string | null)[] = []): string[] {
  const own = personal.flatMap((one) => (one === null || one.trim().length < 2 ? [] : [plain(one)]));
  const said = own.reduce((rest, one) => rest.replaceAll(one, "\n"), plain(text.slice(0, MOST_CHARACTERS)));
  const words = new Set<string>();
  for (const stretch of stretches(said)) {
    for (const [at, piece] of stretch.entries()) {
      if (isEmpty(piece)) continue;
      if (piece.kind === "latin" || length(piece.word) > 1) words.add(piece.word);
      const next = stretch[at + 1];
      if (next === undefined || next.kind !== "han" || piece.kind !== "han" || isEmpty(next)) continue;
      if (length(piece.word) === 1 || length(next.word) === 1) words.add(piece.word + next.word);
    }
  }
  return [...words].filter((word) => !own.some((one) => one.includes(word))).slice(0, MOST_WORDS);
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/**
 * Every word of the practice world that can stand in a slot, in both languages. A word's id is its English surface,
 * so that tasks stay readable where they are stored.
 */
export type Language = "en" | "zh";
export const languages = ["en", "zh"] as const satisfies readonly Language[];

export interface Word {
  readonly en: string;
  readonly zh: string;
}

export type Mood = "happy" | "sad";
export const moods = ["happy", "sad"] as const satisfies readonly Mood[];

/** `she` decides the pronoun in both languages. */
export interface Person extends Word {
  readonly she: boolean;
}

export const people: readonly Person[] = [
  { en: "Mia", zh: "米娅", she: true },
  { en: "Anna", zh: "安娜", she: true },
  { en: "Mei", zh: "小梅", she: true },
  { en: "Rosa", zh: "罗莎", she: true },
  { en: "Nora", zh: "诺拉", she: true },
  { en: "Tom", zh: "汤姆", she: false },
  { en: "Leo", zh: "里奥", she: false },
  { en: "Ming", zh: "小明", she: false },
  { en: "Sam", zh: "山姆", she: false },
  { en: "Paul", zh: "保罗", she: false },
];

export type Kind = "food" | "clothing" | "a toy";
export const kinds: readonly (Word & { readonly en: Kind })[] = [
  { en: "food", zh: "食物" },
  { en: "clothing", zh: "衣服" },
  { en: "a toy", zh: "玩具" },
];

/** `measure` is the Chinese measure word that the noun demands; `kind` only where nobody would argue. */
export interface Thing extends Word {
  readonly measure: string;
  readonly kind?: Kind;
}

export const things: readonly Thing[] = [
  { en: "apple", zh: "苹果", measure: "个", kind: "food" },
  { en: "pear", zh: "梨", measure: "个", kind: "food" },
  { en: "cake", zh: "蛋糕", measure: "块", kind: "food" },
  { en: "egg", zh: "鸡蛋", measure: "个", kind: "food" },
  { en: "carrot", zh: "胡萝卜", measure: "根", kind: "food" },
  { en: "hat", zh: "帽子", measure: "顶", kind: "clothing" },
  { en: "coat", zh: "外套", measure: "件", kind: "clothing" },
  { en: "scarf", zh: "围巾", measure: "条", kind: "clothing" },
  { en: "shirt", zh: "衬衫", measure: "件", kind: "clothing" },
  { en: "ball", zh: "皮球", measure: "个", kind: "a toy" },
  { en: "kite", zh: "风筝", measure: "只", kind: "a toy" },
  { en: "doll", zh: "娃娃", measure: "个", kind: "a toy" },
  { en: "drum", zh: "小鼓", measure: "面", kind: "a toy" },
  { en: "key", zh: "钥匙", measure: "把" },
  { en: "umbrella", zh: "雨伞", measure: "把" },
  { en: "book", zh: "书", measure: "本" },
  { en: "cup", zh: "杯子", measure: "个" },
  { en: "lamp", zh: "台灯", measure: "盏" },
  { en: "letter", zh: "信", measure: "封" },
  { en: "map", zh: "地图", measure: "张" },
  { en: "bell", zh: "铃铛", measure: "个" },
  { en: "coin", zh: "硬币", measure: "枚" },
  { en: "flower", zh: "花", measure: "朵" },
  { en: "stone", zh: "石头", measure: "块" },
];

export const colours: readonly Word[] = [
  { en: "red", zh: "红色的" },
  { en: "blue", zh: "蓝色的" },
  { en: "green", zh: "绿色的" },
  { en: "yellow", zh: "黄色的" },
  { en: "white", zh: "白色的" },
  { en: "black", zh: "黑色的" },
  { en: "orange", zh: "橙色的" },
];

/** What may stand before a thing. Only colours are asked about. */
export const looks: readonly Word[] = [
  ...colours,
  { en: "old", zh: "旧" },
  { en: "new", zh: "新" },
  { en: "small", zh: "小" },
  { en: "big", zh: "大" },
];

export const places: readonly Word[] = [
  { en: "under the bridge", zh: "桥下" },
  { en: "under the tree", zh: "树下" },
  { en: "by the river", zh: "河边" },
  { en: "by the lake", zh: "湖边" },
  { en: "on the hill", zh: "山上" },
  { en: "on the roof", zh: "屋顶上" },
  { en: "in the garden", zh: "花园里" },
  { en: "in the forest", zh: "森林里" },
  { en: "in the kitchen", zh: "厨房里" },
  { en: "behind the school", zh: "学校后面" },
  { en: "at the market", zh: "集市上" },
  { en: "in the shop", zh: "商店里" },
];

/** What befalls a thing. `mood` is how it leaves its owner (null: either); `steps` are what may well come next. */
export interface Deed extends Word {
  readonly mood: Mood | null;
  readonly steps: readonly string[];
  readonly places?: readonly string[];
}

export const deeds: readonly Deed[] = [
  { en: "found", zh: "找到了", mood: "happy", steps: ["gave", "showed", "home", "kept"] },
  {
    en: "bought",
    zh: "买了",
    mood: "happy",
    steps: ["gave", "showed", "home"],
    places: ["at the market", "in the shop"],
  },
  { en: "won", zh: "赢得了", mood: "happy", steps: ["gave", "showed", "home", "kept"] },
  { en: "lost", zh: "弄丢了", mood: "sad", steps: ["searched", "asked"] },
  { en: "broke", zh: "弄坏了", mood: "sad", steps: ["asked", "hid", "kept"] },
  { en: "dropped", zh: "摔了", mood: "sad", steps: ["asked", "hid", "home"] },
  { en: "saw", zh: "看见了", mood: null, steps: ["showed", "asked"] },
  { en: "drew", zh: "画了", mood: null, steps: ["gave", "showed", "hid"] },
];

export const feelings: readonly (Word & { readonly en: Mood })[] = [
  { en: "happy", zh: "高兴" },
  { en: "sad", zh: "难过" },
];

/** The word with that id. @throws RangeError on an id that is none of the world's */
export function lookUp<T extends Word>(words: readonly T[], id: string): T {
  const word = words.find((candidate) => candidate.en === id);
  if (!word) throw new RangeError(`the practice world has no word "${id}"`);
  return word;
}

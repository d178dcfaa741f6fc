/** Words of warmth; every form counts as the same word. */
const warm = [
  /^happ(y|ily|iness)$/u,
  /^lov(e|ed|es|ing|ely)$/u,
  /^smil(e|ed|es|ing)$/u,
  /^laugh(ed|s|ing)?$/u,
  /^friend(s|ly)?$/u,
  /^hug(s|ged|ging)?$/u,
  /^kind(ly|ness)?$/u,
  /^shar(e|ed|es|ing)$/u,
  /^thank(s|ed|ful)?$/u,
  /^help(ed|s|ful|ing)?$/u,
  /^play(ed|s|ing|ful)?$/u,
  /^fun(ny)?$/u,
];

/**
 * The programmatic reward: how many different words of warmth an answer has. Saying one again earns nothing, so repeating is no
 * way to cheat it.
 */
export function warmth(text: string): number {
  const words = text.toLowerCase().match(/[a-z]+/gu) ?? [];
  return warm.filter((form) => words.some((word) => form.test(word))).length;
}

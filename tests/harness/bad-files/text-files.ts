import { type BadFile, good, lines, nestedLists, nestedObjects, table } from "./bad-file.ts";

const about = { line: null, field: null };
const mendLine = (line: number) => ({ line, field: null });
const longLine = () => Buffer.concat([lines(good), Buffer.from(`{"prompt":"${"x".repeat(17 * 2 ** 20)}"}\n`)]);
// {"prompt":"天空"} as Chinese systems write it
const gbk = Buffer.from("7b2270726f6d7074223a22ccecbfd5227d0a", "hex");

/** Lines that are no JSON, arrays that are none, tables that are none, and characters that are none. */
export const textFiles: readonly BadFile[] = [
  {
    name: "a line that breaks off",
    bytes: () => lines(good, good, '{"prompt":"p","chosen":'),
    ...{ reason: "jsonCutOff", ...mendLine(3), cure: /Send the whole file/ },
  },
  {
    name: "single quotes, as Python prints them",
    bytes: () => lines(good, "{'prompt': 'p'}"),
    ...{ reason: "jsonSingleQuotes", ...mendLine(2), says: ["json.dumps"], cure: /Write the file with json\.dumps/ },
  },
  {
    name: "NaN",
    bytes: () => lines(good, '{"prompt":"p","chosen":"a","rejected":"b","margin":NaN}'),
    ...{ reason: "jsonNotANumber", ...mendLine(2), says: ["NaN", "null"], cure: /Write null in its place/ },
  },
  {
    name: "Infinity",
    bytes: () => lines('{"prompt":"p","chosen":"a","rejected":"b","margin":-Infinity}'),
    ...{ reason: "jsonNotANumber", ...mendLine(1), says: ["Infinity"], cure: /Write null in its place/ },
  },
  {
    name: "None and True",
    bytes: () => lines('{"prompt":"p","chosen":None,"flagged":True}'),
    ...{ reason: "jsonLanguageWord", ...mendLine(1), says: ["null", "true"], cure: /Write null, true or false/ },
  },
  {
    name: "a comma behind a row",
    bytes: () => lines(`${JSON.stringify(good)},`, good),
    ...{ reason: "jsonCommaAfterEnd", ...mendLine(1), cure: /remove it/ },
  },
  {
    name: "a comma before a bracket",
    bytes: () => lines(good, '{"prompt":"p","chosen":"a",}'),
    ...{ reason: "jsonCommaBeforeBracket", ...mendLine(2), cure: /Remove it/ },
  },
  {
    name: "two rows on one line",
    bytes: () => lines(`${JSON.stringify(good)}${JSON.stringify(good)}`),
    ...{ reason: "jsonRowsOnOneLine", ...mendLine(1), cure: /Put each on a line of its own/ },
  },
  {
    name: "a comment",
    bytes: () => lines(good, '{"prompt":"p" /* asked */,"chosen":"a"}'),
    ...{ reason: "jsonComment", ...mendLine(2), cure: /Remove it/ },
  },
  {
    name: "a name without quotes",
    bytes: () => lines('{prompt:"p"}'),
    ...{ reason: "jsonBareName", ...mendLine(1), cure: /Put names in double quotes/ },
  },
  {
    name: "a tab within a text",
    bytes: () => lines(good, '{"prompt":"a\tb"}'),
    ...{ reason: "jsonControlCharacter", ...mendLine(2), says: ["\\t"], cure: /Write it as \\t/ },
  },
  {
    name: "something in the middle that is no JSON",
    bytes: () => lines(good, '{"prompt":"p","chosen" "a"}'),
    ...{ reason: "jsonFromCharacter", ...mendLine(2), says: ["24"], cure: /Mend it there/ },
  },
  {
    name: "50,000 lists within each other",
    bytes: () => lines(good, `{"prompt":${nestedLists(50_000)}}`),
    ...{ reason: "jsonTooDeep", ...mendLine(2), says: ["500"], cure: /Write the row flatter/ },
  },
  {
    name: "200 objects within each other",
    bytes: () => lines(good, `{"prompt":"p","chosen":${nestedObjects(200)},"rejected":"b"}`),
    ...{ reason: "notText", line: 2, field: "chosen", cure: /must be text/ },
  },
  {
    name: "a name twice in one object",
    bytes: () => lines(good, '{"prompt":"p","chosen":"a","chosen":"b","rejected":"c"}'),
    ...{ reason: "jsonNameTwice", line: 2, field: "chosen", cure: /Keep one of them/ },
  },
  {
    name: "a list in the place of a row",
    bytes: () => lines(good, '["p","a","b"]'),
    ...{ reason: "jsonNotObject", ...mendLine(2), cure: /Write each row as an object/ },
  },
  {
    name: "a text in the place of a row",
    bytes: () => lines(good, '"p"'),
    ...{ reason: "jsonNotObject", ...mendLine(2), cure: /Write each row as an object/ },
  },
  {
    name: "a line of 17 MB",
    bytes: longLine,
    ...{ reason: "tooLongLine", ...mendLine(2), says: ["16777216"], cure: /break the file into lines/ },
  },
  {
    name: "an array that breaks off between its rows",
    bytes: () => Buffer.from(`[${JSON.stringify(good)},\n`),
    ...{ reason: "jsonOpenArray", ...mendLine(2), cure: /send the whole file/ },
  },
  {
    name: "an array that breaks off within a row",
    bytes: () => Buffer.from(`[\n${JSON.stringify(good)},\n{"prompt":"p"`),
    ...{ reason: "jsonOpenObject", ...mendLine(3), cure: /send the whole file/ },
  },
  {
    name: "an array without a comma",
    bytes: () => Buffer.from(`[${JSON.stringify(good)}\n${JSON.stringify(good)}]`),
    ...{ reason: "jsonNoCommaBefore", ...mendLine(2), cure: /Put one there/ },
  },
  {
    name: "an array with a comma at its end",
    bytes: () => Buffer.from(`[${JSON.stringify(good)},\n]`),
    ...{ reason: "jsonCommaAtEnd", ...mendLine(2), cure: /Remove that comma/ },
  },
  {
    name: "more behind an array",
    bytes: () => Buffer.from(`[${JSON.stringify(good)}]\n${JSON.stringify(good)}`),
    ...{ reason: "jsonAfterArray", ...mendLine(2), cure: /Remove the rest/ },
  },
  {
    name: "a number among the rows of an array",
    bytes: () => Buffer.from(`[${JSON.stringify(good)},\n7]`),
    ...{ reason: "jsonNoObjectInArray", ...mendLine(2), cure: /Each row is one object/ },
  },
  {
    name: "a comma between objects that stand in no array",
    bytes: () => Buffer.from(`{\n"prompt":"p"\n},\n{\n"prompt":"q"\n}`),
    ...{ reason: "jsonCommaBetween", ...mendLine(3), cure: /Remove it, or put all in/ },
  },
  {
    name: "words between objects",
    bytes: () => Buffer.from(`{\n"prompt":"p"\n}\nand\n{\n"prompt":"q"\n}`),
    ...{ reason: "jsonTextBetween", ...mendLine(4), cure: /Remove it/ },
  },
  {
    name: "a header that names two columns alike",
    bytes: () => table("prompt,chosen,chosen", "p,a,b"),
    ...{ reason: "tableNameTwice", line: 1, field: "chosen", cure: /Give each column a name of its own/ },
  },
  {
    name: "a row with a cell too few",
    bytes: () => table("prompt,chosen,rejected", "p,a,b", "q,a"),
    ...{ reason: "tableCells", ...mendLine(3), says: ["2", "3", "prompt, chosen, rejected"], cure: /in double quotes/ },
  },
  {
    name: "a comma within a cell without quotes",
    bytes: () => table("prompt,chosen,rejected", "p,a, or not,b", "q,a,b"),
    ...{ reason: "tableCells", ...mendLine(2), says: ["4", "3"], cure: /in double quotes/ },
  },
  {
    name: "a line break within a cell without quotes",
    bytes: () => table("prompt,chosen,rejected", "p,a,b", "q", "q,a,b"),
    ...{ reason: "tableOneCell", ...mendLine(3), says: ["3", "prompt, chosen, rejected"], cure: /in double quotes/ },
  },
  {
    name: "a quote that is never closed",
    bytes: () => table("prompt,chosen,rejected", "p,a,b", 'q,"a,b'),
    ...{ reason: "tableOpenQuote", ...mendLine(3), cure: /Close or double it/ },
  },
  {
    name: "a quote within a cell",
    bytes: () => table("prompt,chosen,rejected", 'p,say "a",b', "q,a,b"),
    ...{ reason: "tableQuoteInCell", ...mendLine(2), cure: /double those within/ },
  },
  {
    name: "a header alone",
    bytes: () => table("prompt,chosen,rejected"),
    ...{ reason: "tableNoRows", ...about, says: ["prompt, chosen, rejected"], cure: /Put the rows below it/ },
  },
  {
    name: "a row of 10,001 cells",
    bytes: () => table("prompt,chosen,rejected", "p,a,b", `q${",".repeat(10_000)}`),
    ...{ reason: "tableTooWide", ...mendLine(3), says: ["10000"], cure: /put one row on each line/ },
  },
  {
    name: "Latin-1 in the third line",
    bytes: () =>
      Buffer.concat([lines(good, good), Buffer.from('{"prompt":"caf\xe9 cr\xe8me br\xfbl\xe9e"}\n', "latin1")]),
    ...{ reason: "notUtf8Guess", ...mendLine(3), cure: /Save the file as UTF-8/ },
  },
  {
    name: "two encodings in one file",
    bytes: () => Buffer.concat([lines({ ...good, prompt: "天空" }), gbk]),
    ...{ reason: "notUtf8Guess", ...mendLine(2), cure: /Save the file as UTF-8/ },
  },
  {
    name: "a table that ends within a character",
    bytes: () => Buffer.from("prompt,chosen,rejected\np,a,天").subarray(0, -1),
    ...{ reason: "cutWithinCharacter", ...mendLine(2), cure: /send the whole file/ },
  },
  {
    name: "nothing at all",
    bytes: () => Buffer.alloc(0),
    ...{ reason: "fileNoRows", ...about, cure: /Choose one that has a row on each line/ },
  },
  {
    name: "blank lines",
    bytes: () => Buffer.from("\n\n  \n"),
    ...{ reason: "fileNoRows", ...about, cure: /Choose one that has a row on each line/ },
  },
  {
    name: "prose",
    bytes: () => Buffer.from("Once upon a time\nthere was a model\nthat nobody had asked.\n"),
    ...{ reason: "fileUnknownLayout", ...about, says: ["CSV"], cure: /A table's first line names its columns/ },
  },
  {
    name: "UTF-32",
    bytes: () => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.alloc(64, "a\0\0\0")]),
    ...{ reason: "fileEncoding", ...about, says: ["UTF-32", "UTF-8"], cure: /Save it as UTF-8/ },
  },
  {
    name: "UTF-16 that ends within a character",
    bytes: () => Buffer.concat([Buffer.from(`\uFEFF${JSON.stringify(good)}\n`, "utf16le"), Buffer.from([0x3d, 0xd8])]),
    ...{ reason: "fileEncoding", ...about, says: ["UTF-16", "UTF-8"], cure: /Save it as UTF-8/ },
  },
  {
    name: "bytes that are no text",
    bytes: () => Buffer.from(Array.from({ length: 4_000 }, (_, place) => (place * 7) % 256)),
    ...{ reason: "fileEncoding", ...about, says: ["UTF-8"], cure: /Save it as UTF-8/ },
  },
];

import { mediaReasons } from "./media-reasons.ts";
import { type NamesIn, type ReasonValues, sentenceOf, type ValuesNamedIn } from "./reason-sentences.ts";

/**
 * Why a file, a line of it or its mapping is refused: each reason once, in English. The English messages of errors are
 * made of these, and pages translate a reason by its code, so the two can't drift apart. `{name}` is replaced by a value;
 * `{kind}` by a word of `reasonWords`, which a page translates too.
 */
export const readingReasons = {
  // Characters and lines
  tooLongLine:
    "is longer than {limit} bytes. One row stands on one line: break the file into lines, or leave this one out.",
  cutWithinCharacter: "ends within a character. The file is cut off: send the whole file.",
  notUtf8: "is not valid UTF-8. Save the file as UTF-8.",
  notUtf8Guess: "is not valid UTF-8: it looks like {encoding}. Save the file as UTF-8.",
  nulText: "begins a text with NUL characters. Remove them.",
  // JSON
  jsonSingleQuotes:
    "is not valid JSON: it has single quotes, as Python prints them. Write the file with json.dumps, or put names and texts in double quotes.",
  jsonNotANumber:
    "is not valid JSON: it holds NaN or Infinity, which JSON doesn't know. Write null in its place, or leave the column out.",
  jsonLanguageWord: "is not valid JSON: it holds a word of a programming language. Write null, true or false.",
  jsonCommaAfterEnd:
    "is not valid JSON: a comma follows its end. In JSON Lines nothing stands between the rows; remove it.",
  jsonCommaBeforeBracket: "is not valid JSON: a comma stands before a closing bracket. Remove it.",
  jsonRowsOnOneLine: "is not valid JSON: several rows stand on one line. Put each on a line of its own.",
  jsonComment: "is not valid JSON: it holds a comment, which JSON doesn't know. Remove it.",
  jsonBareName: "is not valid JSON: a name stands without quotes. Put names in double quotes.",
  jsonControlCharacter:
    "is not valid JSON: a tab or another control character stands within a text. Write it as \\t or \\n.",
  jsonCutOff:
    "is not valid JSON: it breaks off before its end. Is the file cut off, or is one row spread over several lines? Send the whole file, with each row on one line.",
  jsonFromCharacter:
    "is not valid JSON, from its character {character} on. Mend it there, or write the file with a JSON library.",
  jsonTooDeep: "is nested more than {limit} deep. Write the row flatter, or its inner part as a text.",
  jsonNameTwice: "stands twice in one object, with different values. Keep one of them.",
  jsonNotObject: "is not a JSON object. Write each row as an object with its columns by name.",
  jsonOpenObject: "begins an object that never ends. The file is cut off: send the whole file.",
  jsonLongObject: "begins an object of more than {limit} bytes. Is a bracket missing?",
  jsonNoCommaBefore: "begins an object with no comma before it. Put one there.",
  jsonAfterArray: "goes on after the end of the array. Remove the rest.",
  jsonCommaBetween: "holds a comma between two objects. Remove it, or put all in [ ].",
  jsonTextBetween: "holds text between objects. Remove it.",
  jsonCommaAtEnd: "ends the array after a comma. Remove that comma.",
  jsonNoObjectInArray: "has something in the array that is not an object. Each row is one object.",
  jsonOpenArray: "ends before the array does. The file is cut off: send the whole file.",
  // Tables
  tableTooWide: "has more than {limit} cells. Leave out columns that nobody needs, or put one row on each line.",
  tableNameTwice: "names two columns. Give each column a name of its own.",
  tableOneCell:
    "has 1 cell where the header has {expected} ({header}). Put a cell that holds the delimiter or a line break in double quotes.",
  tableCells:
    "has {count} cells where the header has {expected} ({header}). Put a cell that holds the delimiter or a line break in double quotes.",
  tableOpenQuote: "opens a double quote that is never closed. Close or double it.",
  tableQuoteInCell: "has a double quote within a cell. Put the cell in quotes and double those within.",
  tableNoRows: "The file has a header ({header}) and no rows. Put the rows below it.",
  // The file as a whole
  fileNoRows: "The file has no rows. Choose one that has a row on each line.",
  fileEncoding: "The file is {kind}. Save it as UTF-8.",
  fileUnknownLayout:
    "The file is neither JSON Lines, a JSON array, CSV nor TSV. A table's first line names its columns; a plain text to learn from must be named .txt.",
  fileTooLarge: "The file has more than {limit} bytes. Split it into parts.",
  fileUnpacksTooFar: "The file unpacks to more than {limit} times its size. Send it unpacked.",
  fileTextTooLong: "The text is longer than {limit} bytes. Split it into several files, or write it as JSON Lines.",
  fileGzipDamaged: "The gzip file is damaged or cut off. Pack and send it again.",
  fileSheet: "The file is {kind}, which can't be read here. Save the sheet as “CSV UTF-8”.",
  fileArchive: "The file is {kind}, which can't be read here. Unpack it, and send what is in it.",
  fileTar: "The file is {kind}, which can't be read here. Unpack it, and send what is in it, file by file.",
  fileCompressed: "The file is {kind}, which can't be read here. Unpack it ({tool} -d), or pack it with gzip.",
  fileGzipTwice: "The file is {kind}, which can't be read here. Unpack it once.",
  fileTable:
    'The file is {kind}, which can\'t be read here. Write its table as JSON Lines, for example with pandas: df.to_json(path, orient="records", lines=True).',
  filePdf: "The file is {kind}, which can't be read here. Send its text as JSON Lines or CSV.",
  fileHtml:
    "The file is {kind}, which can't be read here. Was a page saved in place of the file? Download the file itself.",
  fileLfs: "The file is {kind}, which can't be read here. Fetch that with: git lfs pull.",
  // Fields
  missing: "is missing. Fill it in, or leave the line out.",
  empty: "must not be empty. Fill it in, or leave the line out.",
  notText: "must be text, not {kind}.",
  textTooLong: "has {count} characters; at most {limit} fit. Shorten it, or leave the line out.",
  nulCharacter: "contains a NUL character. Remove it.",
  halfSurrogate: "contains half of a surrogate pair. Mend the text's encoding.",
  notNumber: "must be a number, not {kind}.",
  notNumberSaid: "must be a number, not “{said}”.",
  notBoolean: "must be true or false, not “{said}”.",
  notBooleanWanted: "must be true (wanted) or false, not “{said}”.",
  notBooleanOptional: "must be true or false, or be left out, not “{said}”.",
  unknownSplitSaid: "must be one of {splits}, or be left out, and is {said}.",
  notTime: "must be a time like 2026-01-31T12:00:00Z, not “{said}”.",
  negativeMargin: "must be a number of 0 or more, not “{said}”.",
  badMarginStep: "must be 1, 2 or 3, or be left out, not “{said}”.",
  marginTooLarge: "must be at most {limit}: rewards are numbers of order 1.",
  weightOutOfRange: "must be a number above 0, from 0.000001 to 1,000,000, or be left out.",
  scoreOutOfRange: "must be a whole number from 1 to 5, not “{said}”.",
  ratedAspect:
    "rates one aspect of an answer, and an import takes ratings of whole answers. Leave such lines out; the command that trains on files reads them as they are.",
  scoreOfOtherScale: "must be a whole number from 1 to 5, not “{said}”. Bring other scales to these five first.",
  scoreOrReward: "must be a number from 1 to 5. Bring other scales to these five, or call it reward.",
  overallScoreMissing: "must be a number where the four ratings are not all given.",
  // Rows
  unknownFormat:
    "is none of the known formats (it has {columns}). Known are chosen and rejected, prompt with completions and ranking, prompt with completion (and score, label or reward), messages, prompt, and text.",
  unknownFormatNoColumns:
    "is none of the known formats (it has no columns). Known are chosen and rejected, prompt with completions and ranking, prompt with completion (and score, label or reward), messages, prompt, and text.",
  completionsWithoutPrompt: "is missing: completions answer a prompt.",
  completionWithoutPrompt: "is missing: a completion answers a prompt.",
  twoCompletionsAtLeast: "must be a list of at least two answers.",
  ranking: "must give each completion its rank, 1 for the best; equal ranks are a tie.",
  completionForm: "must be text or one message of the assistant.",
  messagesBeginWithAnswer: "must begin with what the answer answers.",
  messagesEndWithAnswer: "must end with the assistant's answer to what stands before it.",
  ultraFeedbackCompletion: "must be an object with response and overall_score.",
  rejectedUnlikeChosen: "must be text or messages, like chosen.",
  promptElsewhere:
    "is missing, while “{column}” may hold what was asked. Rename “{column}” to “prompt”, or map the columns.",
  noSharedWholeTurn:
    "is missing, and chosen and rejected share no whole turn. Add a column “prompt”, or map the columns.",
  noSharedTurn: "is missing, and chosen and rejected share no turn. Add a column “prompt”, or map the columns.",
  noSharedHumanTurn: "shares no Human turn with chosen. Begin both transcripts with the same turns.",
  noSharedPrompt: "is missing, and the answers hold none that they share. Add a column “prompt”, or map the columns.",
  oneAnswerAfterShared: "must end in one assistant message of its own after what both share.",
  oneAnswerAfterPrompt: "must end in one assistant message of its own after the prompt.",
  notTranscript: "must be a transcript of “Human:” and “Assistant:” turns.",
  promptInTwoClusters:
    "this prompt is in cluster “{former}” already (line {line}) and cannot be in “{cluster}” too: a cluster never crosses splits. Name the same cluster on all rows of the prompt.",
  promptInTwoSplits:
    "this prompt lies in {former} already (line {line}) and cannot be in {split} too: a cluster never crosses splits. Give all rows of the prompt the same split.",
  clusterInTwoSplits:
    "cluster “{cluster}” lies in {former} already (line {line}) and cannot be in {split} too: a cluster never crosses splits. Give all rows of the cluster the same split.",
  answerWithTwoTexts:
    "answer “{id}” of this prompt has another text already (line {line}). An id names one answer: if “{id}” is the model that wrote it, name the column as the model and not as the id, or make the ids different.",
  voteEntry: "must be an object with an annotator and a value.",
  answerEntry: "must be an object with “{name}”.",
  messageList: "must be a list of messages with role and content.",
  messageEntry: "must be an object with role and content.",
  unknownRole: "must be one of {roles}, not “{said}”.",
  oneRatedAnswer: "must be the one answer that was rated.",
  twoComparedAnswers: "must be the two answers that were compared.",
  unknownAnswer: "is none that the raw export writes.",
  completionList: "must be a list of objects with id and text.",
  completionEntry: "must be an object with id and text.",
  shownOrder: "must be [0,1] or [1,0].",
  promptOrMessages: "give either prompt or messages.",
  textList: "must be a list of texts.",
  tooManyAnswers:
    "holds more answers than fit: {count} of at most {limit}. Spread them over several rows of the same prompt.",
  tooManyVotes: "holds more votes on one task than fit: {count} of at most {limit}. Leave some out.",
  neitherTextNorId: "has neither a text nor an id. Give it one, or leave the line out.",
  systemTwice: "the prompt has a system turn of its own already.",
  // Shapes of the field
  wholeOutOfRange: "must be a whole number from {from} to {to}, not “{said}”.",
  objectList: "must be a list of objects.",
  rankForm: "must be a whole number of 0 or more, or null where the answer has no rank, not “{said}”.",
  rankList: "must be a list with a rank for each answer, or null where it has none.",
  rankCount: "has another number of ranks ({count}) than of answers ({expected}). Give each answer its rank, or null.",
  rankTwice:
    "is an answer that stands there before with the rank {former}, and has {rank} here. Give equal answers one rank, or take one of them out.",
  tooManyRanked:
    "has more answers than a ranking holds: {count} of at most {limit}. Split it into rows of fewer answers.",
  labelList: "must be a list with a label for each step: true or false.",
  labelCount: "has {count} entries where {expected} are needed. Give one for each.",
  stepsNotCut:
    "holds steps with blank lines or line ends in them, and could not be cut into the same steps again. Take the line ends out of each step.",
  winnerUnknown: "is “{said}”, and must be one of {known}.",
  feedbackWithoutRating:
    "is a reason for a rating, and the row has none. Rate the row {known}, or take the reason out.",
  historyForm: "must be a list of exchanges, each a list of two texts: what was asked and what was answered.",
  treeForm: "must be a tree of messages: the first one with text, role and replies.",
  voteForNone: "is “{said}”, and the row has no such answer. Name one that it has: {known}.",
  scoresAlone: "is a score without what was scored. Export the traces with input, output and scores, and import those.",
  scoresOfSeveral:
    "holds scores of several names ({names}), and one question is asked of an answer. Keep those of one name, and import the others into another project.",
  oasstMessage:
    "is one message of a tree, and messages a row each are not joined here. Take the file of trees instead (…_trees.jsonl.gz of the same release), where a row is a tree with its replies.",
  argillaFlat:
    "is of Argilla’s flattened records, which lay what was asked and what was answered beside each other. Write the records whole instead (records.to_json, or to_list), with fields and responses, and import that file.",
  toolNoPrompt: "has no field that is what was asked. Call it one of {known}.",
  toolNoAnswers: "has no field that is an answer. Call the two answer1 and answer2, or the one answer.",
  toolResult:
    "is a result of the kind “{said}”, which can't be taken here: pairwise, choices between two answers, rating of one answer, and textarea are. Take the others out of the export.",
  toolTwoQuestions: "holds answers of {name} to two questions of this record. Export one question at a time.",
  parquetCutOff: "The Parquet file is cut off: its end is missing. Send it again.",
  parquetDamaged:
    "The Parquet file is damaged, or written in a way that isn't read here. Write it anew, for example with pandas: df.to_parquet(path).",
  parquetCodec:
    'The Parquet file is packed with {codec}, which isn\'t read here. Write it with snappy, gzip or without: df.to_parquet(path, compression="snappy").',
  parquetGroupTooLarge:
    "A group of rows of the Parquet file is larger than {limit} bytes. Write it with smaller ones: df.to_parquet(path, row_group_size=10000).",
  parquetNotUtf8:
    "begins a group of rows that holds a text which is not valid UTF-8. Mend the text, and write the file anew.",
  zipDamaged: "The zip archive is damaged or cut off. Pack and send it again.",
  zipTooLarge:
    "The zip archive holds more than is read at once: more than 10,000 files, or files of more than 4 GB. Send its files one by one.",
  zipPath:
    "The zip archive holds “{name}”, a name that leads out of its folder. Pack the files anew, by names without “..”.",
  zipEncrypted: "“{name}” in the zip archive is encrypted. Pack it without a password.",
  zipMethod:
    "“{name}” in the zip archive is packed in a way that isn't read here. Pack it with Deflate, as zip does by itself.",
  zipStray:
    "The zip archive holds “{name}”, which is no file of rows (.jsonl, .json, .csv, .tsv, .parquet). Take it out, and send pictures and sounds beside the archive.",
  zipNoRows: "The zip archive holds no file of rows (.jsonl, .json, .csv, .tsv, .parquet). Pack one in it.",
  zipInZip: "The zip archive holds another archive. Pack the files themselves.",
  // Pictures and sounds that rows name or hold
  ...mediaReasons,
  mediaNotThere: "“{name}” is no file of this project. Upload it beside the rows, under this name; capitals count.",
  mediaElsewhere:
    "“{name}” lies elsewhere, and nothing is fetched from there. Download the file, upload it beside the rows, and name it by its name.",
  mediaData: "is no data URL with content in base64 (data:image/png;base64,…). Name a file instead.",
  mediaEntry: "must be the name of a file, a data URL, or an object with one of both as “name” or “url”.",
  mediaTooManyHere: "holds more pictures and sounds than fit: {count} of at most {limit}.",
  mediaMisplaced: "is marked with pictures or sounds, which only turns of a prompt and answers can show.",
  mediaUnread: "holds pictures or sounds, which training on files does not read. Leave such lines out.",
  // Turns that call tools, and trajectories of agents
  toolCallForm:
    "must be a call in the form of OpenAI’s chats: id, type “function”, and function with name and arguments.",
  toolCallsElsewhere:
    "stands in a turn of the role {role}; tools are called by the assistant alone. Give the turn that role.",
  toolResultElsewhere: "stands in a turn of the role {role}; results are of the role tool. Give the turn that role.",
  functionCallFormer:
    "is OpenAI’s former way to call a function. Write it as tool_calls, and its result with the role tool.",
  tooManyToolCalls: "holds more calls than fit in a turn: {count} of at most {limit}.",
  toolTurnsUnread: "calls tools or holds their results, which training on files does not read. Leave such lines out.",
  atifVersion: "is no version of ATIF that is read here: those of ATIF-v1 are.",
  atifObject: "must be an object.",
  atifSteps: "must be a list of at least one step.",
  atifTooManySteps: "holds more steps than fit: {count} of at most {limit}. Split the trajectory.",
  atifStepId: "must be {expected}: steps are numbered from 1 without a gap.",
  atifSource: "must be user, agent or system.",
  atifPart: "holds something else than text, which is not read in trajectories.",
  atifAgentOnly: "stands in a step of {source}; only the agent’s steps have it.",
  atifCallTwice: "is the id of two calls of one step.",
  atifCallUnknown: "names no call of its step.",
  atifNoPrompt: "begins with the agent: no step of a user or of the system says what was asked.",
  atifNoAgent: "holds no step of the agent: there is nothing to judge.",
  atifTooLong: "is longer than fits: {count} characters of at most {limit}. Shorten what its tools gave back.",
  // Rows against each other and against what is there already
  clusterTaken:
    "this prompt is in cluster “{former}” already and cannot be in “{given}” too: a cluster never crosses splits. Name the same cluster on all rows of the prompt.",
  splitOfClusterTaken:
    "cluster “{cluster}” lies in {former} and cannot be in {given} too: a cluster never crosses splits. Give all rows of the cluster the same split.",
  splitOfPromptTaken:
    "this prompt lies in {former} and cannot be in {given} too: a cluster never crosses splits. Give all rows of the prompt the same split.",
  answerTextTaken:
    "answer “{id}” of this prompt has another text already. An id names one answer: if “{id}” is the model that wrote it, name the column as the model and not as the id, or make the ids different.",
  slotsTaken: "brings more votes together on one task than fit: {count} of at most {limit}. Leave some out.",
  tooManyPairs:
    "has so many answers ({answers}) that all pairs of them are {count}; of one prompt at most {limit} are asked. Choose a chain, or draw some of them.",
  labelUnknown:
    "is “{said}”, which is neither good ({good}) nor bad ({bad}). Say in the mapping, under “values”, which words are good (a) and which are bad (b).",
  metadataTooLong: "and the other columns kept as metadata have {count} characters of at most {limit}. Leave some out.",
  notJsonInColumn:
    "is no JSON, though the column is read as JSON. Correct it, or take the column out of “json” in the mapping.",
  // The mapping
  mappingMissing: "This format needs a mapping: say at least where the prompt is.",
  mappingNotJson: "The mapping is not valid JSON.",
  mappingUnknownField: "is no field of a mapping. Did you mean “{nearest}”? There are {known}.",
  mappingNotList: "“{column}” is not a list.",
  mappingNoColumn: "there is no column “{column}”. The row has {columns}.",
  mappingNoColumnAtAll: "there is no column “{column}”. The row has no columns.",
  mappingUnknownValue:
    "{field} is “{said}”, which is none of the values ({known}). Say in the mapping, under “values”, what it means.",
  mappingNoPrompt: "Say which column holds the prompt.",
  mappingOneSide: "A pair needs both sides, by text or by id.",
  mappingPairOrCompletion: "A row is either a pair or one completion, not both.",
  mappingAnswersTwice: "A row has its answers either in “answers” or as a, b or completion, not both.",
  mappingVotesWithoutSides: "Votes need the two sides they choose between.",
  mappingWinnerWithoutSides: "A winner needs the two sides it is one of.",
  mappingWinnerAndVotes: "Either every row has the same winner, or the votes say who won.",
  mappingScoreWithoutCompletion: "A score needs the completion that it is about.",
  mappingAmbiguous: "“{value}” stands for two things at once.",
  mappingRanksWithoutAnswers: "Ranks need the answers that they order: name two or more.",
  mappingRanksAndVotes:
    "Either ranks or votes say which answer is better, not both: name the other column as metadata.",
  mappingRankCount:
    "There are {count} columns of ranks where {expected} are needed: one for each column of answers, or one list beside a list of answers.",
  mappingScoreCount: "There are {count} columns of scores where {expected} are needed: one for each column of answers.",
  mappingAspectsWithoutCompletion: "Aspects are scores of one answer: name one column as the answer.",
  mappingLabelWithoutCompletion: "A label good or bad is about one answer: name one column as the answer.",
} as const;

export type ReadingReason = keyof typeof readingReasons;

/** The values that a reason takes: none, or all that its sentence names. */
export type ValuesOf<Reason extends ReadingReason> = [NamesIn<(typeof readingReasons)[Reason]>] extends [never]
  ? []
  : [values: ValuesNamedIn<(typeof readingReasons)[Reason]>];

/** The reason in English. */
export function reasonText(reason: ReadingReason, values: ReasonValues = {}): string {
  return sentenceOf(readingReasons[reason], values);
}

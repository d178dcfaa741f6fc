/** What a receipt can have to warn of. Apart from its schema, so that pages know the codes without one. */
export const warningCodes = [
  /** Columns that are not imported. */
  "unusedColumn",
  /** A name of the mapping that no row has. Nothing can be imported until it is put right. */
  "unknownColumn",
  /** No column is the prompt. Nothing can be imported. */
  "noPrompt",
  /** Every answer is alone with its prompt, or there are none: nobody will be asked anything. */
  "noTasks",
  "promptsOnly",
  /** A column that looks like votes gave none. */
  "noVotes",
  /** A column that looks like votes has values whose meaning is not known. */
  "voteValues",
  /** Numbers on both sides of zero were taken for grades, and the sign is an assumption. */
  "gradeDirection",
  /** What the lowest and the highest number of the aspects are was told from those that the file has. */
  "aspectScale",
  /** The prompt is cut out of the beginning that two answers share. */
  "promptFromAnswers",
  "promptEndsWithAnswer",
  /** One person says two different things of one task: only the first counts. */
  "contradictingVotes",
  /** Rows say something else of one prompt, task or answer: only what the first says is kept. */
  "firstCounts",
  /** Rows with the own id of an earlier row and another prompt: the id names them all. */
  "idOfOtherPrompt",
  /** Rows with the own id of an earlier row, its prompt and other answers, as where ids name prompts. */
  "idOfOtherAnswers",
  /** One person says the same of the same task twice: it counts once. */
  "repeatedVotes",
  "differingPrefixes",
  /** Equal answers of one row are taken once. */
  "repeatedAnswers",
  /** Rows whose two sides are one text: a choice between them teaches nothing. */
  "identicalAnswers",
  "tooFewAnswers",
  /** Answers that are too few for one more task stand in none. */
  "leftOverAnswers",
  /** The pair that a vote is about is not among those drawn: it is a task all the same. */
  "votedPair",
  /** A vote between two of a row with more answers: nobody can say between which. */
  "votesOfSeveral",
  /** Rows without answers, of a questionnaire that can do without: it is asked about the prompt alone. */
  "promptAlone",
  /** Rows of a raw export that are skips: no judgement, and nothing is imported of them. */
  "skipRows",
  /** Rows of a raw export that did not count where it comes from: imported, they count like all others. */
  "leftOutRows",
  /** Answers named by an id alone. */
  "withoutText",
  /** Texts that look like names of pictures or sounds, while no file is called so: they would be shown as texts. */
  "filesNotThere",
  /** Judgements that answer another question: the questionnaire comes with them. */
  "bringsQuestionnaire",
  /** The file is not UTF-8, and was read in this encoding. */
  "decoded",
  /** Cells of a table that began with the apostrophe with which tables keep formulas from being reckoned: it was taken off. */
  "apostrophes",
  /** Rows that the project has already, and whether that is all of them. */
  "allThere",
  "someThere",
  /** Votes for the longer answer are so many more that what is learned may be length. */
  "longerPreferred",
  /** Answers in which a model says what it is. */
  "namedModels",
  "personalData",
  "emptyAnswers",
  "badRows",
  /** The file cannot be read beyond this line. */
  "unreadable",
] as const;

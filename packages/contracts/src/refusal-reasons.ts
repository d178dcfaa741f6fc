import { endpointReasons } from "./endpoint-reasons.ts";
import { mediaReasons } from "./media-reasons.ts";
import { outgoingReasons } from "./outgoing-reasons.ts";
import type { ProblemIssue } from "./problem-issue.ts";
import type { ProblemCode } from "./problem-kinds.ts";
import { DomainError } from "./problems.ts";
import { type NamesIn, type ReasonValues, sentenceOf, type ValuesNamedIn } from "./reason-sentences.ts";

/**
 * Why a request is refused, where one code stands for several things: each reason once, in English. The API's answers are
 * made of these, and pages say a reason in their own language. Sentences keep clear of plurals, as the API fills them in
 * without a grammar.
 */
export const refusalReasons = {
  // What a request names
  notThere: "There is no such {kind}.",
  notYours: "There is no such {kind}, or it is not yours.",
  linkUnknown: "This link is unknown; ask for a new one.",
  linkLeadsNowhere: "This link leads to nobody; ask for a new one.",
  publishingRunMissing: "The run that is to publish the {kind} does not exist.",
  linkUsed: "All places of this link are taken. Ask whoever sent it for a new one.",
  linkRevoked: "This link was revoked. Ask whoever sent it for a new one.",
  linkExpired: "This link has expired. Ask whoever sent it for a new one.",
  // People
  presentPasswordWrong: "This is not your present password.",
  tooManyAttempts: "Too many attempts; wait a quarter of an hour, or ask for a reset.",
  accountWithoutPassword: "This account has no password.",
  accountDisabled: "Your account here has been disabled.",
  tokenAboveYourRole: "A token of yours can have at most your role, {kind}.",
  resetWhileSignedIn: "This link sets a password; whoever it is for opens it signed out.",
  addressTaken: "There is an account with this e-mail address. Use its password, sign in, or ask for a password reset.",
  loginOfSeveralWorkspaces:
    "This login belongs to other workspaces too, so only the operator of this installation can reset it: {name}.",
  signInForThis: "An API token can't do this, for what it makes would outlive the token: sign in instead.",
  metricsElsewhere:
    "Metrics are read from the machine itself, or with the token that {name} sets, sent as a bearer token.",
  memberAlready: "You are a member already; sign in.",
  cannotSignIn: "Imported and simulated annotators cannot sign in.",
  noRoleToChange: "Imported and simulated annotators have no role to change.",
  lastAdmin: "This is the last admin; make somebody else an admin first.",
  neededToJoin: "Name, e-mail address and password are needed to join.",
  nameNeededToJoin: "A name is needed to join.",
  joinedByName:
    "You are here by name alone, for one project. Keep your return link, then sign out to join another as somebody else.",
  byNameOnlyAnnotator:
    "This person joined by name alone, so they stay an annotator. Invite them with an e-mail address to give them another role.",
  noTokenByName: "Who joined by name alone has no API tokens. Ask for an invitation with an e-mail address.",
  returnUnknown: "This return link is unknown. Open the join link again, or ask whoever sent it.",
  tooManyByName: "Too many people have joined by name from this address; wait a quarter of an hour.",
  consentNeeded: "Joining needs your consent to the text shown.",
  // Projects
  tooManyLanguages: "A project has texts in at most {limit} languages beside its own. Remove one first.",
  copyTooLarge:
    "Prompts, answers and tasks together are {count} here, and a copy takes at most {limit}. Duplicate the settings, and import the files again.",
  tooManyCopies:
    "As many projects of this workspace are being copied as may be at once ({limit}). Try again when one of them is done.",
  projectDeleted: "This project was deleted, and nothing of it is kept any more. What you did before went with it.",
  taskDeleted:
    "This task was deleted while you had it, so nothing can be said of it any more. Discard the answer, and go on with the next task.",
  deletionUnconfirmed: "The project is called “{name}”. Send this name exactly, as a confirmation.",
  promptsUnconfirmed:
    "The number of prompts in this selection is {count} now. Look at what depends on them, and confirm that number.",
  dependantsOutdated:
    "What depends on this has changed since it was shown, so nothing was deleted. Look at the list again, and confirm it anew.",
  nothingToDelete: "None of these items is in this project any more, so nothing was deleted.",
  runUnderWay:
    "Run {number} “{name}” is under way and reads from this project, so nothing was deleted. Cancel it, or wait until it has ended.",
  importUnderWay: "A file is being imported into this project, so nothing was deleted. Try again when it is done.",
  exportUnderWay:
    "An export of this project is being downloaded ({count}), so nothing was deleted. Wait until it has ended, or end the download.",
  evaluationUnderWay:
    "The evaluation of “{name}” still asks about some of these prompts, so nothing was deleted. Wait until its pairs have their judgements, or leave the items out of the selection.",
  labelsDeleted:
    "Judgements of this label set were deleted while it was read, so the reading was broken off. Begin it again: it then says how many are gone.",
  // Erasure
  erasesSelf: "Nobody erases themselves: ask another admin to.",
  erasesNobody: "“{name}” is a simulated annotator and nobody, so there is nothing to erase.",
  erasureUnconfirmed: "They are called “{name}”. Send this name exactly, as a confirmation.",
  importUnderWayAnywhere: "A file is being imported into “{name}”, so nobody was erased. Try again when it is done.",
  // Work
  noQuestionnaire: "This project has no questionnaire “{name}”. It has {known}.",
  questionnaireMade:
    "This project has a questionnaire “{name}” already: give yours another name, or make a new version of that one.",
  questionnaireChanged: "Version {version} of “{name}” was made meanwhile. Look at it before you make another.",
  questionsChanged: "This task asks other questions now; claim it again.",
  taskAnswered: "You have answered this task; undo that answer first.",
  judgementNotUndone: "A judgement can be undone once, within {minutes} minutes, while it counts.",
  undoesCorrection:
    "This judgement is a correction. Take it back as one (POST /api/judgements/:id/undo-correction): then what it replaced counts again.",
  noCorrection: "This judgement is no correction, so there is nothing that it replaced. Undo the judgement itself.",
  correctionNotUndone:
    "A correction can be taken back once, within {minutes} minutes. Open the answer and correct it again.",
  correctedTakenBack:
    "This answer was taken back meanwhile, so it can't be corrected. Its task waits to be answered anew.",
  correctedAlready:
    "You have corrected this answer meanwhile, perhaps in another window. Open what you said last and correct that.",
  correctedSurplus: "This answer came after others had taken its place, so it does not count and can't be corrected.",
  correctedEnded: "This project has ended, so its answers stay as they are. An administrator can make it active again.",
  correctedTold:
    "This pair has all its judgements, and {minutes} minutes after the last one it is told whose answers these are. What is said of it stays as it was said blind.",
  skipNotUndone: "A skip can be undone once, within {minutes} minutes.",
  unreadGuideline:
    "Version {version} of the guideline is to be read first. Read it at the desk, or by GET /api/work/:id/guideline-to-read, and say so by POST /api/work/:id/guideline-readings; then claim again.",
  tooManyOpenInquiries:
    "You have asked as many questions in this project as may be open at once ({limit}). Wait until some are answered.",
  batchTaken: "There is a batch {number} already. Choose a number that none has.",
  // Browsing
  tooManySelected:
    "This would be done to more than {limit} items at once. Narrow the search or the filters, or select fewer.",
  tooManyCompared:
    "To find these, the answers of more than {limit} items would have to be compared. Narrow it by another filter, such as a time or a language.",
  tooManyCommands:
    "As many selections of this workspace are being changed as may be at once ({limit}). Try again when one of them is done.",
  preferredOfTwo: "Which of two models was preferred can be asked of two: name both, as “model” and “against”.",
  tooManyModels:
    "The answers name {count} models, and a table takes at most {limit}. Narrow it, or import the answers with names of models and not of single answers.",
  nothingToSearch: "Nothing in this search could be found: it has neither letters nor digits nor symbols of their own.",
  nothingToFreeze: "None of these items has a judgement that would be in the label set.",
  tooMuchToReplace:
    "One command asks for replacements at {limit} items at most, and this would be at more. Leave it out without replacements, and reopen items from Browse.",
  viewNameTaken: "There is a view “{name}” in this project already. Choose another name.",
  mappingNameTaken: "There is a mapping “{name}” in this project already. Choose another name.",
  tooManyMappings: "As many mappings are saved in this project as may be ({limit}). Delete one first.",
  pairsOfNoPair:
    "The questionnaire “{name}” shows not just two answers, so that there is no way to choose which pairs meet. Leave “way” out, or say “atOnce”.",
  atOnceOutside:
    "The questionnaire “{name}” shows from {least} up to {most} at once: choose “atOnce” among these numbers.",
  pairsUndrawn: "“pairs” and “seed” say which pairs are drawn: they go with “way=some” alone.",
  mappingOfFormat:
    "A mapping belongs to the format “columns”, which needs one; the other formats name their columns themselves.",
  tooManyViews: "As many views are kept in this project as may be ({limit}). Delete one first.",
  // Imports
  uploadBrokeOff: "The upload broke off; nothing was imported.",
  uploadTooLarge: "The file has more than {limit} bytes. Split it into parts.",
  tooManyImports:
    "As many files of this workspace are being read as may be at once ({limit}). Try again when one of them is done.",
  tooManyExports:
    "As many exports of this workspace are under way as may be at once ({limit}). Try again when one of them is done.",
  repeatsInRaw: "Repeats stand in the raw export alone: ask for the format “judgements”, or leave them out.",
  leftOutInRaw: "What is left out stands in the raw export alone: ask for the format “judgements”, or leave it out.",
  aggregatedPairs:
    "Judgements are put together in shapes of pairs alone: ask for “{aggregation}” of another format, or for each vote.",
  softShare:
    "A soft share is a column, and “{format}” has none: ask for it of the format “trl-preference”, or for the majority.",
  marginUnread: "Whoever reads “{format}” takes no margin: leave it out, or ask for another format.",
  sidecarOfShapes: "The rows of “{format}” hold all that is known of them: only a shape has a part beside its rows.",
  datasetInfoOfLlamaFactory: "A dataset_info.json is of the formats of LLaMA-Factory alone, and not of “{format}”.",
  compressedAlready: "A file of this kind is compressed in itself: ask for it without compression.",
  licenseOfFolders: "A licence stands in the card of a folder: ask for the container “folder”, or leave it out.",
  labelSetFileUnknown:
    "“{name}” is no file of a label set: a name is a format and an ending, such as “trl-preference.parquet”, “openrlhf.majority.jsonl.gz” or “judgements.zip”.",
  labelSetFileWaiting:
    "“{name}” is not written yet: it waits for a worker. Ask again in {seconds} s; until then there is nothing to download.",
  labelSetFileWriting:
    "“{name}” is being written (rows so far: {rows}). Ask again in {seconds} s; until then there is nothing to download.",
  labelSetFileFailed:
    "“{name}” could not be written. Ask for it again on the page of the label set (POST /api/label-sets/:id/files with “again”); the worker’s log has the details.",
  tooManyLabelSetFiles:
    "As many files of this workspace wait to be written as may at once ({limit}). Ask again when some are done.",
  noLatestLabelSet:
    "No label set of this project has been made its latest. Do so on the page of one (PATCH /api/label-sets/:id with “latest”).",
  signedAddressEnded:
    "This address opens nothing: it has expired, was changed, or whoever made it may not download any more. Ask them for a new one.",
  labelSetsOfTwoProjects: "The two label sets are of different projects. Compare sets of one.",
  // A whole project as one file
  archiveWaiting:
    "The copy of the project is not written yet: it waits for a worker. Ask again in {seconds} s; until then there is nothing to download.",
  archiveWorking:
    "The copy of the project is being written (rows so far: {rows}). Ask again in {seconds} s; until then there is nothing to download.",
  archiveFailed:
    "The copy of the project could not be written. Ask for it again in the project’s settings; the worker’s log has the details.",
  archiveRemoved:
    "The copy of the project was removed, as something in it was deleted or erased since. Ask for it again in the project’s settings.",
  archiveLost: "Its worker died {count} times while it was at it. Look at the worker’s log, then try again.",
  archiveNotTaken:
    "The archive could not be brought in, and nothing of it was kept. The worker’s log has the details; try again.",
  archiveEnded: "This archive is done with: its project is made, or it was refused. There is nothing to stop.",
  archiveTooLarge:
    "The archive is larger than is taken here ({limit} bytes). Have that raised on the server, then bring it again.",
  tooManyArchives:
    "As many archives of this workspace wait to be worked on as may at once ({limit}). Try again when some are done.",
  archiveDamaged: "The file is no whole zip archive: it is cut off, damaged or encrypted. Take another copy of it.",
  archiveTooManyFiles:
    "The project has more pictures, sounds and files of models ({count}) than one archive takes ({limit}). A backup of the installation (npm run backup) takes them all.",
  archiveForeign:
    "The file is no copy of a project: {name} in it is missing or can’t be read. Bring the file that “Copy of the whole project” made, as it was downloaded.",
  archiveNewer:
    "The archive was made by a newer Touchstone ({version}), and this one can’t read it without loss: {name}. Bring this installation to that version first.",
  archiveUnknownPart:
    "The archive has a part that is not on its list: {name}. Somebody has changed the file; take another copy of it.",
  archivePartMissing:
    "A part on the archive’s list is not in it: {name}. The file was changed or cut off; take another copy of it.",
  archivePartChanged:
    "A part of the archive is not what its list says: {name} has another length or SHA-256. The file was changed or damaged on the way; take another copy of it.",
  archiveProjectThere:
    "The project “{name}” is here already, and an archive keeps all ids. Delete that project for good first, or bring the archive to another installation.",
  archiveProjectGoing: "The project of this archive is being deleted here. Bring the archive again when that is done.",
  archiveElsewhere:
    "The project of this archive is here already, in another workspace of this installation. Delete it there for good first, or bring the archive to another installation.",
  archiveIdsTaken:
    "Rows of “{name}” have ids that are taken here already, as in another workspace of this installation. An archive keeps all ids: bring it to the workspace that it came from, or to another installation.",
  archiveRowOutside:
    "A row of “{name}” belongs to something that is not in the archive ({detail}). The file was changed; take another copy of it.",
  archiveRowUnread: "A row of “{name}” can’t be taken: {detail}. The file was changed; take another copy of it.",
  tooManyLooks:
    "As many counts and samples of this workspace's exports are being made as may be at once ({limit}). Try again in a moment.",
  exportsAllTaken:
    "As many exports are being sent as this installation can send at once ({limit}). Try again when some of them are done.",
  threadsBusy: "Too much of this kind waits to be worked on, so this was not begun. Try again in a moment.",
  threadLost:
    "The thread that worked on this ended early, most likely for want of memory, so nothing came of it. Try again; a large file in smaller parts needs less.",
  callerLeft: "The caller left before the answer, so its work was stopped.",
  databaseBusy:
    "The database did not get to this in the time that one request has, and nothing was changed. Try again in a moment.",
  peopleAtWork: "People are at work on these tasks; try again in a moment.",
  importJudged:
    "Tasks of this import have judgements (judgements: {judgements}, tasks: {tasks}); it can be undone while it has none.",
  importTakenBack:
    "All judgements of this import's tasks were taken back or came too late. They count for nothing, but their record stays with the tasks, so the import can't be undone; pausing the project keeps its tasks from people.",
  importFrozen: "Votes of this import are frozen in label sets ({labelSets}), so it was not undone.",
  // Files that were brought for imports
  uploadLengthNeeded: "Say how many bytes the file has, in the header Upload-Length.",
  uploadOffsetNeeded: "Say from which byte on the file is sent, in the header Upload-Offset.",
  tusVersion: "Uploads go by version {version} of the tus protocol: send it in the header Tus-Resumable.",
  uploadElsewhere: "This upload stands at byte {offset}. Ask for it, and send the file on from there.",
  uploadTakenOver:
    "The same upload is sent on by another connection, so this one was left. It stands at byte {offset}.",
  uploadWhole: "Only a file that is being sent can be sent on, and this one is no such.",
  uploadBeyond: "The file was said to have {limit} bytes, and more came. Begin the upload again.",
  uploadChecksum: "What arrived has another checksum than was sent along, so nothing of it was kept. Send it again.",
  uploadChecksumKind: "A checksum is given as sha1 or sha256 and the digest in base64, and not as “{given}”.",
  spoolFull:
    "The files that wait for imports in this workspace take {used} of {limit} bytes, and {bytes} more do not fit. Remove some, or ask whoever runs this installation for more room.",
  spooledArriving: "This file is not there whole yet: {received} bytes have come. Wait for it, or send it on.",
  spooledFailed: "This file did not arrive, so there is nothing to read. Bring it again.",
  spooledGone: "The bytes of this file are not there any more. Bring it again.",
  spooledNotInBackup:
    "This file was waiting when the backup was made that this installation was restored from, and backups do not hold files that wait. Bring it again.",
  spooledIsArchive:
    "This file is the copy of a whole project and not rows for one. Bring it with POST /api/archives/uploaded, or under “New project”.",
  spooledInImport: "This file is being imported. Wait until that has ended, or stop it.",
  spooledStopped: "The fetching of this file was stopped, and nothing of it was kept.",
  downloadRefused:
    "{host} answered with {status} and not with a file. Look whether the address is that of the file, and whether it asks for an access token.",
  downloadChanged: "The file at {host} has changed while it was fetched. Fetch it again.",
  tooManyDownloads:
    "As many files of this workspace are being fetched as may be at once ({limit}). Try again when one of them is done.",
  importJobEnded: "This import has ended already.",
  importStopped: "This import was stopped, and nothing of it was written.",
  processEnded: "The server was restarted while this was under way, and nothing of it was kept. Begin it again.",
  folderUnset: "No folder of the server is named to import from. Whoever runs this installation names one with {name}.",
  folderAway:
    "The folder that is named to import from is not there or can't be read. Whoever runs this installation looks.",
  folderNoFile: "There is no file “{name}” in the folder of the server, or it can't be read.",
  folderOutside: "“{name}” leads out of the folder of the server, so it is not read.",
  folderFileChanged: "The file “{name}” has changed on the server since it was chosen. Choose it again.",
  // Pictures and sounds
  ...mediaReasons,
  mediaNameTaken:
    "Another file of this project is called “{name}” already, and rows name files by their names. Rename this one.",
  mediaQuota:
    "The pictures and sounds of this workspace take {used} of {limit} bytes, and {bytes} more do not fit. Delete files that nothing uses, or ask whoever runs this installation for more room.",
  mediaTooMany: "This project has as many pictures and sounds as it may ({limit}). Delete some that nothing uses.",
  mediaInUse:
    "Prompts or answers show this file ({count}), so it was not deleted. Undo the import that brought them first.",
  mediaUploadBrokeOff: "The upload broke off; nothing was kept.",
  tooManyUploads:
    "As many files of this workspace are being uploaded as may be at once ({limit}). Try again when one of them is done.",
  rangeOutside: "The file has {limit} bytes, and the range that was asked for lies outside.",
  // What lies elsewhere
  tooManyWebhooks: "This project has as many webhooks as it may ({limit}). Delete one that nobody needs.",
  webhookOff: "This webhook is switched off, so nothing is sent to it. Switch it on first.",
  ...outgoingReasons,
  // Models behind addresses
  ...endpointReasons,
  tooManyEndpoints: "This workspace has as many endpoints as it may ({limit}). Delete one that nobody needs.",
  endpointNameTaken: "There is an endpoint of this name already: “{name}”. Choose another name.",
  endpointQuery:
    "The base URL ends with what stands behind a question mark, where pages would show a key. Leave it out; only api-version may stand there.",
  endpointKeyOfOtherAddress:
    "The API key was given for another address. Give it again with this one, or remove it; it is not sent elsewhere by itself.",
  endpointPricesMissing:
    "A budget in money needs to know what tokens cost. State both prices, or leave the budget out.",
  endpointKeyUnreadable:
    "The endpoint's API key can't be read with this installation's secret, which has changed. Give the key again.",
  endpointInUse: "Runs that have not ended use this endpoint: {count}. Wait for their end, or cancel them.",
  endpointBudget: "The budget of the endpoint “{name}” is used up. Raise it, or count anew.",
  endpointOnlyCandidates:
    "An endpoint answers prompts as candidates, and nothing else. Leave endpointId out, or launch a run of kind generate.",
  endpointAndPolicy: "Both a policy and an endpoint are to answer. Name one of them.",
  // The installation
  diskFull:
    "There is no room left on the disk of this installation, and nothing was kept of this. Whoever runs it makes room; then try again.",
  // Runs and evaluations
  tooFewLabels: "There are too few {kind} for training: {labels} of at least {minimum}.",
  tooFewByPeople:
    "There are too few {kind} for training: {labels} of at least {minimum}. Simulated judgements were left out.",
  allTies: "All {kind} ({labels}) are ties, so there is nothing to learn. Collect judgements that differ.",
  allOneScore:
    "All {kind} ({labels}) give the same score, so there is nothing to learn. Collect judgements that differ.",
  roundUnderWay:
    "This round is under way already. Wait for its end or cancel it; with another seed it would be another round.",
  runEnded: "This run has ended already: {kind}.",
  tooManyRuns:
    "This workspace has as many runs that have not ended as it may: {count} of at most {limit}. Wait for some to end, or cancel some.",
  tooManySchedules: "This workspace has as many schedules as it may ({limit}). Delete one that nobody needs.",
  runOfOtherKind: "The run “{name}” publishes no {kind}. Name one that does.",
  publishingRunEnded: "The run “{name}” has ended without publishing its {kind}. Name another, or launch it again.",
  twoRunsToWaitFor:
    "Both models are still to come from runs, and a run can wait for one. Launch it when one of the two has ended.",
  modelNotNamed: "Name the {kind} to start from.",
  modelOfOtherKind: "“{name}” is a model of another kind; a {kind} is needed.",
  noPolicy: "“{name}” is no policy, so it has no answers to compare.",
  onePolicyTwice: "Choose two different policies to compare.",
  rankingOfTwo: "Two policies are asked as pairs. Name more of them, or ask for pairs.",
  pairsOfSeveral:
    "This evaluation compares several policies: its answers stand in Browse, by their models, and who wins in the project’s standing of models.",
  modelOfOtherProject: "This model is another project’s, so it can’t be used in this one.",
  modelInUseAlready: "This model is in use already.",
  otherModelInUse: "Another model is in use by now: {name}. Look at how this one compares with it, and decide anew.",
  modelIsUsed: "“{name}” uses this model, so it can’t be archived. Put another in use there first.",
  modelHasDependants:
    "“{name}” can’t be deleted while something depends on it: {known}. Its page names each; delete these first, or archive it.",
  modelFileLost: "“{name}” of this model is not in the file store any more. Put it back from a backup.",
  settingsNotValid: "Some training settings are not valid.",
  settingUnknown: "There is no such setting for this kind of run; check its spelling or leave it out.",
  settingOfOtherKind: "This run is of kind “{trainer}”: leave the trainer out, or change the kind.",
  questionNotAsked: "This project asks no {kind} question.",
  simulationPaused:
    "The project is paused, so simulated annotators would be given no task either. Make it active in its settings; then launch the simulation.",
  simulationOfOtherKinds:
    "Simulated annotators compare two answers or rate one, and every open task ({count} in all) wants an answer to something else. Ask people, or import rows to be compared or rated.",
  policiesNotComparable: "This project asks no preference question, so it cannot compare policies.",
  cronPattern:
    "This cron pattern is not valid: {pattern}. Use five fields, for example “0 3 * * *” for every night at three (UTC).",
  cronPart:
    "“{said}” does not fit the {kind} of this cron pattern: {pattern}. “0 3 * * *”, for example, is every night at three (UTC).",
} as const;

export type RefusalReason = keyof typeof refusalReasons;

/** The code of each, which decides the status. */
const refusalCodes = {
  notThere: "not_found",
  notYours: "not_found",
  linkUnknown: "not_found",
  linkLeadsNowhere: "not_found",
  publishingRunMissing: "not_found",
  linkUsed: "link_used_up",
  linkRevoked: "link_used_up",
  linkExpired: "link_used_up",
  presentPasswordWrong: "wrong_credentials",
  tooManyAttempts: "too_many_requests",
  accountWithoutPassword: "forbidden",
  accountDisabled: "forbidden",
  tokenAboveYourRole: "forbidden",
  resetWhileSignedIn: "conflict",
  addressTaken: "conflict",
  loginOfSeveralWorkspaces: "forbidden",
  signInForThis: "forbidden",
  metricsElsewhere: "forbidden",
  memberAlready: "conflict",
  cannotSignIn: "conflict",
  noRoleToChange: "conflict",
  lastAdmin: "conflict",
  neededToJoin: "invalid_value",
  nameNeededToJoin: "invalid_value",
  joinedByName: "conflict",
  byNameOnlyAnnotator: "conflict",
  noTokenByName: "forbidden",
  returnUnknown: "not_found",
  tooManyByName: "too_many_requests",
  tooManyLanguages: "conflict",
  copyTooLarge: "conflict",
  tooManyCopies: "too_many_requests",
  consentNeeded: "invalid_value",
  noQuestionnaire: "invalid_value",
  questionnaireMade: "conflict",
  questionnaireChanged: "conflict",
  questionsChanged: "conflict",
  taskAnswered: "conflict",
  unreadGuideline: "conflict",
  tooManyOpenInquiries: "conflict",
  batchTaken: "conflict",
  repeatsInRaw: "invalid_value",
  leftOutInRaw: "invalid_value",
  aggregatedPairs: "invalid_value",
  softShare: "invalid_value",
  marginUnread: "invalid_value",
  sidecarOfShapes: "invalid_value",
  datasetInfoOfLlamaFactory: "invalid_value",
  compressedAlready: "invalid_value",
  licenseOfFolders: "invalid_value",
  labelSetFileUnknown: "invalid_value",
  labelSetFileWaiting: "conflict",
  labelSetFileWriting: "conflict",
  labelSetFileFailed: "conflict",
  tooManyLabelSetFiles: "too_many_requests",
  noLatestLabelSet: "not_found",
  signedAddressEnded: "link_used_up",
  labelSetsOfTwoProjects: "invalid_value",
  archiveWaiting: "conflict",
  archiveWorking: "conflict",
  archiveFailed: "conflict",
  archiveRemoved: "conflict",
  archiveLost: "unavailable",
  archiveNotTaken: "internal",
  archiveEnded: "conflict",
  archiveTooLarge: "body_too_large",
  tooManyArchives: "too_many_requests",
  archiveDamaged: "invalid_value",
  archiveTooManyFiles: "conflict",
  archiveForeign: "invalid_value",
  archiveNewer: "version_unsupported",
  archiveUnknownPart: "invalid_value",
  archivePartMissing: "invalid_value",
  archivePartChanged: "checksum_mismatch",
  archiveProjectThere: "conflict",
  archiveProjectGoing: "conflict",
  archiveElsewhere: "conflict",
  archiveIdsTaken: "conflict",
  archiveRowOutside: "invalid_value",
  archiveRowUnread: "invalid_value",
  judgementNotUndone: "undo_too_late",
  skipNotUndone: "undo_too_late",
  undoesCorrection: "conflict",
  noCorrection: "conflict",
  correctionNotUndone: "undo_too_late",
  correctedTakenBack: "conflict",
  correctedAlready: "conflict",
  correctedSurplus: "conflict",
  correctedEnded: "conflict",
  correctedTold: "conflict",
  projectDeleted: "not_found",
  taskDeleted: "not_found",
  deletionUnconfirmed: "invalid_value",
  promptsUnconfirmed: "conflict",
  dependantsOutdated: "conflict",
  nothingToDelete: "conflict",
  runUnderWay: "conflict",
  importUnderWay: "conflict",
  exportUnderWay: "conflict",
  evaluationUnderWay: "conflict",
  labelsDeleted: "conflict",
  erasesSelf: "conflict",
  erasesNobody: "conflict",
  erasureUnconfirmed: "invalid_value",
  importUnderWayAnywhere: "conflict",
  tooManySelected: "conflict",
  tooManyCompared: "conflict",
  tooManyCommands: "too_many_requests",
  preferredOfTwo: "invalid_value",
  tooManyModels: "conflict",
  nothingToSearch: "invalid_value",
  nothingToFreeze: "conflict",
  tooMuchToReplace: "conflict",
  mappingNameTaken: "conflict",
  tooManyMappings: "conflict",
  pairsOfNoPair: "invalid_value",
  atOnceOutside: "invalid_value",
  pairsUndrawn: "invalid_value",
  mappingOfFormat: "invalid_mapping",
  viewNameTaken: "conflict",
  tooManyViews: "conflict",
  uploadBrokeOff: "invalid_request",
  uploadTooLarge: "body_too_large",
  tooManyImports: "too_many_requests",
  tooManyExports: "too_many_requests",
  tooManyLooks: "too_many_requests",
  exportsAllTaken: "unavailable",
  threadsBusy: "unavailable",
  threadLost: "unavailable",
  callerLeft: "invalid_request",
  databaseBusy: "unavailable",
  peopleAtWork: "unavailable",
  uploadLengthNeeded: "invalid_request",
  uploadOffsetNeeded: "invalid_request",
  tusVersion: "version_unsupported",
  uploadElsewhere: "conflict",
  uploadTakenOver: "conflict",
  uploadWhole: "conflict",
  uploadBeyond: "body_too_large",
  uploadChecksum: "checksum_mismatch",
  uploadChecksumKind: "invalid_request",
  spoolFull: "body_too_large",
  spooledArriving: "conflict",
  spooledFailed: "conflict",
  spooledGone: "not_found",
  spooledNotInBackup: "not_found",
  spooledIsArchive: "conflict",
  spooledInImport: "conflict",
  spooledStopped: "conflict",
  downloadRefused: "invalid_value",
  downloadChanged: "conflict",
  tooManyDownloads: "too_many_requests",
  importJobEnded: "conflict",
  importStopped: "conflict",
  processEnded: "unavailable",
  folderUnset: "conflict",
  folderAway: "conflict",
  folderNoFile: "not_found",
  folderOutside: "invalid_value",
  folderFileChanged: "conflict",
  mediaUnknown: "invalid_value",
  mediaSvg: "invalid_value",
  mediaBroken: "invalid_value",
  mediaLies: "invalid_value",
  mediaMisnamed: "invalid_value",
  mediaTooLarge: "body_too_large",
  mediaTooManyPixels: "invalid_value",
  mediaNameTaken: "conflict",
  mediaQuota: "body_too_large",
  mediaTooMany: "conflict",
  mediaInUse: "conflict",
  mediaUploadBrokeOff: "invalid_request",
  tooManyUploads: "too_many_requests",
  rangeOutside: "range_outside",
  tooManyEndpoints: "conflict",
  endpointNameTaken: "conflict",
  endpointQuery: "invalid_value",
  endpointKeyOfOtherAddress: "invalid_value",
  endpointPricesMissing: "invalid_value",
  endpointKeyUnreadable: "conflict",
  endpointInUse: "conflict",
  endpointBudget: "conflict",
  endpointOnlyCandidates: "invalid_spec",
  endpointAndPolicy: "wrong_model",
  endpointKeyRefused: "invalid_value",
  endpointNotFound: "invalid_value",
  endpointRefused: "invalid_value",
  endpointBusy: "invalid_value",
  endpointQuota: "invalid_value",
  endpointBroken: "invalid_value",
  endpointRedirects: "invalid_value",
  endpointNoCompletion: "invalid_value",
  endpointEmpty: "invalid_value",
  endpointEchoesKey: "invalid_value",
  tooManyWebhooks: "conflict",
  webhookOff: "conflict",
  outgoingNoAddress: "invalid_value",
  outgoingScheme: "invalid_value",
  outgoingCredentials: "invalid_value",
  outgoingPrivate: "invalid_value",
  outgoingUnknownHost: "invalid_value",
  outgoingUnreachable: "invalid_value",
  outgoingCertificate: "invalid_value",
  outgoingSlowConnection: "invalid_value",
  outgoingSlowAnswer: "invalid_value",
  outgoingStalled: "invalid_value",
  outgoingTooLong: "invalid_value",
  outgoingRedirects: "invalid_value",
  outgoingRedirectNowhere: "invalid_value",
  outgoingTooLarge: "invalid_value",
  outgoingEncoding: "invalid_value",
  outgoingDamaged: "invalid_value",
  outgoingBrokeOff: "invalid_value",
  outgoingNotHttp: "invalid_value",
  diskFull: "unavailable",
  importJudged: "import_in_use",
  importTakenBack: "import_in_use",
  importFrozen: "import_in_use",
  tooFewLabels: "too_few_labels",
  tooFewByPeople: "too_few_labels",
  allTies: "one_class",
  allOneScore: "one_class",
  roundUnderWay: "conflict",
  runEnded: "conflict",
  tooManyRuns: "too_many_requests",
  tooManySchedules: "too_many_requests",
  runOfOtherKind: "wrong_model",
  publishingRunEnded: "wrong_model",
  twoRunsToWaitFor: "wrong_model",
  modelNotNamed: "wrong_model",
  modelOfOtherKind: "wrong_model",
  noPolicy: "wrong_model",
  onePolicyTwice: "wrong_model",
  modelOfOtherProject: "conflict",
  modelInUseAlready: "conflict",
  otherModelInUse: "conflict",
  modelIsUsed: "conflict",
  modelHasDependants: "conflict",
  modelFileLost: "not_found",
  rankingOfTwo: "invalid_value",
  pairsOfSeveral: "conflict",
  settingsNotValid: "invalid_spec",
  settingUnknown: "invalid_spec",
  settingOfOtherKind: "invalid_spec",
  questionNotAsked: "invalid_spec",
  simulationPaused: "conflict",
  simulationOfOtherKinds: "conflict",
  policiesNotComparable: "invalid_spec",
  cronPattern: "invalid_value",
  cronPart: "invalid_value",
} as const satisfies Record<RefusalReason, ProblemCode>;

/** What a refusal is told: the values its sentence names, and the field at fault. */
type Told<Reason extends RefusalReason> = ValuesNamedIn<(typeof refusalReasons)[Reason]> & {
  /** The field at fault, dotted. */
  readonly at?: string;
};

type ToldArguments<Reason extends RefusalReason> = [NamesIn<(typeof refusalReasons)[Reason]>] extends [never]
  ? [told?: Told<Reason>]
  : [told: Told<Reason>];

/** The error that a caller sees for this reason, with all that a page needs to say it in another language. */
export function refused<Reason extends RefusalReason>(reason: Reason, ...[told]: ToldArguments<Reason>): DomainError {
  const { at, ...values }: { at?: string } & ReasonValues = { ...told };
  return new DomainError(refusalCodes[reason], sentenceOf(refusalReasons[reason], values), {
    reason,
    values,
    ...(at === undefined ? {} : { path: at }),
  });
}

/** The same for one of several faults of a request, at its field. */
export function refusedIssue<Reason extends RefusalReason>(
  path: string,
  reason: Reason,
  ...[told]: ToldArguments<Reason>
): ProblemIssue {
  const values: ReasonValues = { ...told };
  const message = sentenceOf(refusalReasons[reason], values);
  return { path, message, reason, ...(told === undefined ? {} : { values: { ...values } }) };
}

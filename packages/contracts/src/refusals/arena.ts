import type { Refusals } from "./shape.ts";

/**
 * What the arena refuses. Nothing that is said before a vote depends on which two policies answer: a fault of either is a
 * fault of the pair.
 */
export const arenaRefusals = {
  arenaOff: ["conflict", "The arena of this project is closed. Whoever runs the project can open it in its settings."],
  arenaResting: [
    "conflict",
    "This project rests, so no battle begins or goes on. What is whole can still be voted on.",
  ],
  arenaTooFew: [
    "conflict",
    "Fewer than two policies take part in this arena now. Whoever runs the project can name more in its settings.",
  ],
  arenaNeedsTwo: ["invalid_value", "An arena that is on needs two policies at least. Name them, or switch it off."],
  arenaNoPolicy: [
    "invalid_value",
    "“{name}” is no policy of this workspace, or is archived. Name one that can be asked.",
  ],
  arenaBattleOpen: [
    "conflict",
    "You have a battle open here already, perhaps in another window. Go on with it, vote, or end it.",
  ],
  arenaDayDone: [
    "too_many_requests",
    "You have begun {limit} battles here today, which is as many as may be. The next can begin at {when} UTC.",
  ],
  arenaProjectDayDone: [
    "too_many_requests",
    "In this project {limit} battles have begun today, which is as many as may be. The next can begin at {when} UTC.",
  ],
  arenaTooFast: [
    "too_many_requests",
    "You may send {limit} messages a minute here. Send this one in {seconds} seconds.",
  ],
  arenaPromptTooLong: [
    "invalid_value",
    "This has {count} characters, and this arena takes {limit}. Shorten it by {over}.",
  ],
  arenaTurnsDone: ["conflict", "This battle has its {limit} turns. Vote on it, or end it."],
  arenaTurnThere: [
    "conflict",
    "This battle has gone on meanwhile, perhaps in another window. Load it again to see what was said.",
  ],
  arenaNotWhole: [
    "conflict",
    "The last answers are not both whole yet. Wait for them or ask again; or take the last turn back.",
  ],
  arenaNothingToAnswer: ["conflict", "Both answers to the last turn are whole already. Load the battle again."],
  arenaNothingToTakeBack: [
    "conflict",
    "Only the last turn can be taken back, after the first, and while its answers are not both whole.",
  ],
  arenaEmptyAnswer: [
    "conflict",
    "One of the two has said nothing, so there is nothing to go on from. Vote on it, or end it.",
  ],
  arenaEnded: ["conflict", "This battle has ended. Begin another."],
  arenaVoted: [
    "conflict",
    "You have voted on this battle already, perhaps in another window. A vote stays as it was given blind.",
  ],
  arenaElsewhere: [
    "conflict",
    "These answers are being written in another window now. Go on there, or ask again here.",
  ],
  arenaAnswerFailed: [
    "unavailable",
    "The answers broke off, and nothing of them counts. What was said before is kept. Ask again, or take the last turn back.",
  ],
  arenaTooLong: [
    "invalid_value",
    "The conversation has become longer than these two can read. Take the last turn back and shorten it, or vote on what was said before.",
  ],
} as const satisfies Refusals;

import type { PromptItem } from "@touchstone/rlhf";

const names = ["Lily", "Tom", "Sara", "Ben", "Mia", "Sam", "Anna", "Max", "Lucy", "Jack", "Amy", "Tim"];

/** Openings that policies learn from, and others that they are only measured on. */
const openings = {
  train: [
    (name: string) => `One day, ${name} went to the park.`,
    (name: string) => `${name} had a big red ball.`,
    (name: string) => `Once upon a time, there was a child named ${name}.`,
    (name: string) => `${name} and a dog were in the garden.`,
    (name: string) => `It was a sunny day and ${name} was outside.`,
    (name: string) => `${name} found a little box under the bed.`,
    (name: string) => `${name} wanted to bake a cake with mom.`,
    (name: string) => `There was a big tree near the house of ${name}.`,
    (name: string) => `${name} was sad because it was raining.`,
    (name: string) => `A small bird came to ${name}.`,
    (name: string) => `${name} went to the lake with dad.`,
    (name: string) => `In the morning, ${name} woke up early.`,
    (name: string) => `${name} saw a cat in the street.`,
    (name: string) => `One night, ${name} could not sleep.`,
    (name: string) => `${name} had a new toy car.`,
    (name: string) => `At the market, ${name} looked at the apples.`,
    (name: string) => `${name} lost a shoe on the way home.`,
    (name: string) => `A frog jumped in front of ${name}.`,
    (name: string) => `${name} was playing with blocks.`,
    (name: string) => `The teacher gave ${name} a book.`,
  ],
  test: [
    (name: string) => `${name} climbed up a hill.`,
    (name: string) => `One day, ${name} met a rabbit.`,
    (name: string) => `${name} was hungry and opened the fridge.`,
    (name: string) => `There was a boat, and ${name} wanted to see it.`,
    (name: string) => `${name} sat by the window and looked at the snow.`,
    (name: string) => `It was the birthday of ${name}.`,
  ],
} as const;

/** Every name with every opening of the split, in an order that goes round the names. */
export function storyPrompts(split: keyof typeof openings, repeat = 1): PromptItem[] {
  return openings[split].flatMap((opening, place) =>
    names.flatMap((name) =>
      Array.from({ length: repeat }, (_, time) => ({
        promptId: `${split}/${place}/${name}/${time}`,
        prompt: [{ role: "user" as const, content: opening(name) }],
        split,
      })),
    ),
  );
}

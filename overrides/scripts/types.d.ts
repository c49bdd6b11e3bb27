/* What our scripts say to each other by way of the window: kinds for the type checker; nothing of it runs. */

/** How a learning platform is spoken to; the adapter comes first and offers it, player.js speaks. */
interface Platform {
  connect(done: (found: Connected) => void): void;
  /** To be given back when the reader comes again. */
  keep(text: string): void;
  answered(attempt: Attempt): void;
  /** The best attempt so far. */
  report(result: Result): void;
  /** `told(true)` when the platform has it; `refused` where it did not take single answers. */
  commit(told: (taken: boolean, refused?: boolean) => void): void;
  /** Once, at the end. */
  leave(told: () => void): void;
  /** Where to go then, if anywhere. */
  back?: string;
}

interface Connected {
  found: boolean;
  /** There is a platform, and it did not let us in. */
  refused?: boolean;
  reviewing: boolean;
  /** A share of 1. */
  mastery: number | null;
  /** What `keep` had. */
  kept: string | null;
}

interface Attempt {
  number: number;
  passed: boolean;
  answers: Answer[];
}

interface Answer {
  id: string;
  kind: string;
  text: string;
  options: string[];
  texts: Record<string, string>;
  chosen: string[];
  right: string[];
  isRight: boolean;
  chosenTruth: boolean | null;
  rightTruth: boolean | null;
}

interface Result {
  /** Whether there is a quiz. */
  asks: boolean;
  read: boolean;
  checked: boolean;
  passed: boolean;
  score: number;
  count: number;
  pass: number;
  /** No attempt is left. */
  isOver: boolean;
}

/** Where a quiz in progress is kept. */
interface Kept {
  read(): QuizState | null;
  write(state: QuizState): void;
  forget(): void;
}

interface QuizState {
  seed: string;
  attempt: number;
  role: string;
  /** As they stand in the form, by question. */
  answers: Record<string, string[]>;
  /** The questions whose answer the reader has been told. */
  seen: string[];
  /** The place of the question at which the reader is, from 0. */
  at: number;
  /** The attempt that was checked. */
  checked: number | null;
  finished: string;
  /** The answers that were given when it was checked, by question. */
  chosen?: Record<string, string[]>;
  passed?: boolean;
  /** The result in words, and the line by which HR marks it again. */
  told?: string;
  line?: string;
}

/** A question of the form: what the draw and the marking know of it, and its fieldset. */
interface QuizCard {
  id: string;
  policy: string;
  kind: string;
  group: string;
  mustKnow: boolean;
  isSaid: boolean;
  roles: string[];
  options: string[];
  right: string[];
  fieldset: any;
}

interface Window {
  clausebookPlatform: Platform;
  clausebookKept?: Kept;
  clausebookLink?: string;
  clausebookData: Record<string, any>;
}

declare var evidencePack: any;

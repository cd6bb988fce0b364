// A lesson as data: what the compiler (lesson/compiler) makes of a Markdown file, and what the page renders.
//
// HTML in it is sanitised: made of Markdown by the compiler, never written by authors.

import type { ElementId } from '../sim/index.ts';
import type { CheckSpec } from './check.ts';

/** A chapter of the course. */
export interface Module {
  /** The folder's name without its number: `pod-network`. */
  readonly id: string;
  /** The folder's number. */
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly LessonSummary[];
}

/** A lesson in the list of lessons. */
export interface LessonSummary {
  readonly id: string;
  /** Its place in the whole course, from 1: what "Lesson 4" means. */
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  readonly steps: number;
  readonly questions: number;
}

/** One lesson, whole. */
export interface Lesson {
  /** Progress is kept under it. */
  readonly id: string;
  /** Raised when an answer or a check changes. */
  readonly version: number;
  readonly title: string;
  readonly minutes: number;
  readonly needs: readonly string[];
  readonly objectives: readonly string[];
  readonly simplifications: readonly string[];
  readonly sources: readonly string[];
  /** The terms that the lesson links to, each with its meaning. */
  readonly glossary: readonly GlossaryTerm[];
  /** The Lab config and the manifests of its cluster, as they were written. */
  readonly scenario: string;
  readonly introduction: Html;
  readonly steps: readonly LessonStep[];
  readonly quiz: readonly Question[];
}

/**
 * Sanitised HTML. What the page brings to life in it:
 *
 * - `<code data-run="kubectl get pods">`: a command to run. (One alone in its paragraph is a block of kind `command`.)
 * - `<a data-element="pod/default/web" href="#/element/pod/default/web">`: an element of the graph.
 * - `<a data-term="pod" href="#/glossary/pod">`: a term of {@link Lesson.glossary}.
 * - `<a data-lesson="same-node" href="#/lesson/same-node">`: another lesson.
 */
export type Html = string;

/** A term and its meaning. */
export interface GlossaryTerm {
  readonly id: string;
  /** `network plugin` */
  readonly term: string;
  readonly html: Html;
}

/** One step: what is read and done in it, its goals, and the help that it has. */
export interface LessonStep {
  readonly id: string;
  readonly title: string;
  /** The parts in the order in which the lesson has them. */
  readonly blocks: readonly StepBlock[];
  readonly checks: readonly StepCheck[];
  readonly nearMisses: readonly NearMiss[];
  readonly hints: readonly Html[];
  readonly solution?: Solution;
  readonly explain?: Html;
  /** Its checks hold before the learner does anything; at most one step of a lesson. */
  readonly holdsAtStart: boolean;
}

/** One part of what is read from top to bottom. */
export type StepBlock =
  | { readonly kind: 'prose'; readonly html: Html }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'predict'; readonly question: Question }
  | { readonly kind: 'answer'; readonly question: Question };

/** One goal of a step. */
export interface StepCheck {
  /** What is true of the cluster when it holds, in words for the learner. */
  readonly goal: string;
  readonly spec: CheckSpec;
  /**
   * - `asked`: put again as the lab changes; a goal that was met can be lost.
   * - `happened`: stays true once it happened.
   */
  readonly sort: 'asked' | 'happened';
}

/** A recognised common mistake with its own words. */
export interface NearMiss {
  /** All of these hold. */
  readonly when: readonly CheckSpec[];
  readonly text: Html;
  /** Commands that lead here, for the tests of the lesson; never shown. */
  readonly tries: readonly string[];
}

/** What makes all goals of a step hold. */
export interface Solution {
  /** Commands, one a line, each as typed into the terminal. */
  readonly commands: readonly string[];
  /** Right answers to the questions of the step, by question id. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Elements to click on the graph. */
  readonly clicks: readonly ElementId[];
  readonly html: Html;
}

interface QuestionCommon {
  readonly id: string;
  readonly prompt: Html;
  /** Said after a right answer (and, where no other text fits, after a wrong one). */
  readonly feedback?: Html;
}

/** One answer to choose. */
export interface Option {
  readonly id: string;
  readonly html: Html;
  readonly correct: boolean;
  readonly feedback: Html;
}

/** A foreseen wrong answer and what it reveals. */
export interface ForeseenMistake {
  readonly answer: string;
  readonly feedback: Html;
}

/** A question of any kind. */
export type Question =
  | (QuestionCommon & { readonly kind: 'single'; readonly options: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'multiple'; readonly options: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'order'; readonly items: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'match'; readonly pairs: readonly Pair[] })
  | (QuestionCommon & {
      readonly kind: 'number' | 'ip' | 'text';
      readonly answer: string;
      /** The lab computes the answer; `answer` is what it must come to. */
      readonly computed?: CheckSpec;
      readonly mistakes: readonly ForeseenMistake[];
    })
  | (QuestionCommon & {
      readonly kind: 'click';
      /** What may be clicked, with a feedback each. */
      readonly candidates: readonly Candidate[];
    });

/** Two things that belong together. */
export interface Pair {
  readonly id: string;
  readonly left: Html;
  readonly right: Html;
  readonly feedback: Html;
}

/** An element of the graph that can be clicked as an answer. */
export interface Candidate {
  readonly element: ElementId;
  readonly label: string;
  readonly correct: boolean;
  readonly feedback: Html;
}

/**
 * What a learner answered, by kind of question:
 *
 * - `single`, `multiple`: ids of the chosen options.
 * - `order`: ids of all items, first to last.
 * - `match`: for each pair, in the order of the question, the id of the pair whose right side was chosen.
 * - `number`, `ip`, `text`: one entry, the text typed.
 * - `click`: the elements clicked.
 */
export type Answer = readonly string[];

/** What an answer is worth. */
export type Grade =
  | { readonly kind: 'right'; readonly feedback: readonly Feedback[] }
  | { readonly kind: 'wrong'; readonly feedback: readonly Feedback[] }
  /** Nothing that could be right or wrong: empty, not a number, not an address. It is not counted as a try. */
  | { readonly kind: 'unreadable'; readonly feedback: readonly Feedback[] };

/** Feedback on one option (its id; for `click` the element), or on the whole answer. */
export interface Feedback {
  readonly option?: string;
  readonly tone: 'right' | 'wrong' | 'missed';
  readonly html: Html;
}

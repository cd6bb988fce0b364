// A lesson as data: what the compiler (lesson/compiler) makes of a Markdown file, and what the page renders.
//
// HTML in it is sanitised: made of Markdown by the compiler, never written by authors.

import type { ElementId } from '../sim/index.ts';
import type { CheckSpec } from './check.ts';

export interface Module {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly LessonSummary[];
}

export interface LessonSummary {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  readonly steps: number;
  readonly questions: number;
}

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
  /** The Lab config and the manifests of its cluster, as they were written. */
  readonly scenario: string;
  readonly introduction: Html;
  readonly steps: readonly LessonStep[];
  readonly quiz: readonly Question[];
}

/** Sanitised HTML. Commands to run are `<code data-run="kubectl get pods">`, elements of the graph `<a data-element="pod/default/web">`. */
export type Html = string;

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

export type StepBlock =
  | { readonly kind: 'prose'; readonly html: Html }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'predict'; readonly question: Question }
  | { readonly kind: 'answer'; readonly question: Question };

export interface StepCheck {
  /** What is true of the cluster when it holds, in words for the learner. */
  readonly goal: string;
  readonly spec: CheckSpec;
}

export interface NearMiss {
  readonly when: readonly CheckSpec[];
  readonly text: Html;
}

export interface Solution {
  /** Commands, one a line, each as typed into the terminal. */
  readonly commands: readonly string[];
  /** Answers to the questions and clicks of the step, by question id. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly html: Html;
}

interface QuestionCommon {
  readonly id: string;
  readonly prompt: Html;
  /** Said after a right answer (and, where no other text fits, after a wrong one). */
  readonly feedback?: Html;
}

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

export type Question =
  | (QuestionCommon & { readonly kind: 'single'; readonly options: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'multiple'; readonly options: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'order'; readonly items: readonly Option[] })
  | (QuestionCommon & { readonly kind: 'match'; readonly pairs: readonly { readonly id: string; readonly left: Html; readonly right: Html; readonly feedback: Html }[] })
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
      readonly candidates: readonly { readonly element: ElementId; readonly label: string; readonly correct: boolean; readonly feedback: Html }[];
    });

/** What a learner answered: ids of options in order, or the text typed. */
export type Answer = readonly string[];

export type Grade =
  | { readonly kind: 'right'; readonly feedback: readonly Feedback[] }
  | { readonly kind: 'wrong'; readonly feedback: readonly Feedback[] };

/** Feedback on one option (its id), or on the whole answer. */
export interface Feedback {
  readonly option?: string;
  readonly tone: 'right' | 'wrong' | 'missed';
  readonly html: Html;
}

import { SegmentedControl } from "@mantine/core";
import { counted } from "@/shared/lib/format";
import type { Import, Question } from "./api";
import classes from "./ClassQuestions.module.css";
import type { Changes } from "./useChanges";

const choiceWords = (question: Question, choice: string): string => {
  if (choice === "merge") return `Use ${question.like}`;
  return choice === "keep" ? "Keep as new" : "Leave these rows out";
};

interface QuestionRowProps {
  readonly question: Question;
  readonly answer: string | null;
  readonly onAnswer: (choice: string) => void;
}

const QuestionRow = ({ question, answer, onAnswer }: QuestionRowProps) => (
  <li className={classes.question}>
    <span className={classes.found}>{question.found}</span>
    <span className={classes.rows}>{counted(question.rows, "row")}</span>
    <span className={classes.like}>
      looks like <strong>{question.like}</strong>
    </span>
    <SegmentedControl
      size="sm"
      className={classes.choices}
      data-open={answer === null || undefined}
      aria-label={`${question.found} looks like ${question.like}`}
      value={answer ?? ""}
      onChange={onAnswer}
      data={question.choices.map((choice) => ({ value: choice, label: choiceWords(question, choice) }))}
    />
  </li>
);

interface ClassQuestionsProps {
  readonly work: Import;
  readonly changes: Changes;
}

/** Class names that may be another one, written differently. Nothing is chosen beforehand. */
export const ClassQuestions = ({ work, changes }: ClassQuestionsProps) => {
  const questions = work.questions.filter((question) => question.kind === "similar_class");
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="look-alikes">
      <h2 id="look-alikes" className={classes.heading}>
        {counted(questions.length, "class name looks", "class names look")} like another
      </h2>
      <ul>
        {questions.map((question) => (
          <QuestionRow
            key={question.id}
            question={question}
            answer={changes.draft.answers?.[question.id] ?? question.answer}
            onAnswer={(choice) => changes.change({ answers: { [question.id]: choice } })}
          />
        ))}
      </ul>
    </section>
  );
};

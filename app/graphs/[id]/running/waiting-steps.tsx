"use client";
import { useId, useMemo, useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { type AnswerField, type AnswerWay, answerOf, answerWays } from "#lib/client/editor/running/answer-form.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { apiOf, inboxAsked } from "#lib/client/review/asked.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import type { Review } from "#lib/protocol/reviews.ts";
import { schemaOf } from "#lib/sdk/registry.ts";
import { Button } from "../../../_ui/button.tsx";
import { WaitingDecision } from "./waiting-decision.tsx";

/** The steps that wait for a person, each with its question and a form for the answer. */
export function WaitingSteps({ view, refresh }: { view: RunView; refresh(): void }) {
  const waiting = [...view.live.steps.values()].filter(({ state }) => state === "waiting");
  return (
    <ul className="flex flex-col gap-1.5 px-1.5 pb-1.5">
      {waiting.map(({ nodeId, pass, question }) => (
        <li key={`${nodeId}@${pass}`}>
          <WaitingStep runId={view.document.runId} nodeId={nodeId} pass={pass} question={question} refresh={refresh} />
        </li>
      ))}
    </ul>
  );
}

type Asked = { runId: string; nodeId: string; pass: number; question: unknown; refresh(): void };

/** As in the inbox where the inbox can ask it; any other question by its schema alone. */
function WaitingStep(step: Asked) {
  const { value: review, error } = useLoaded<Review>(
    apiOf({ runId: step.runId, stepKey: `${step.nodeId}@${step.pass}` }),
  );
  const asked = useMemo(() => review && inboxAsked(review), [review]);
  if (!review && error === undefined) return <p className="px-3 py-2.5 text-soft">Looking …</p>;
  if (review && asked && !asked.shape.foreign && review.state === "waiting")
    return <WaitingDecision asked={asked} title={review.title} refresh={step.refresh} />;
  return (
    <div className="rounded-lg border border-wait/40 bg-well px-3 py-2.5">
      <Question {...step} />
    </div>
  );
}

function Question({ runId, nodeId, pass, question, refresh }: Asked) {
  const editor = useEditor();
  const node = useEditorState(({ document }) => nodesById(document).get(nodeId));
  const type = editor.around.registry.get(node?.type ?? "");
  const [ways] = useState(() => answerWays(type?.answer ? schemaOf(type.answer) : {}));
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  const send = async (way: AnswerWay, values: Record<string, string>) => {
    setState({ busy: true });
    try {
      const answer = answerOf(way, values);
      const wrong = type?.answer?.safeParse(answer).error?.issues[0];
      if (wrong) throw new SyntaxError(`${wrong.path.join(" ")} ${wrong.message}`.trim());
      const step = encodeURIComponent(pass > 0 ? `${nodeId}@${pass}` : nodeId);
      await callApi(`/api/runs/${encodeURIComponent(runId)}/steps/${step}/answer`, { body: answer ?? null });
      setState({ busy: false });
      refresh();
    } catch (error) {
      setState({ busy: false, error: error instanceof SyntaxError ? error.message : sayWhy(error) });
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-sm">{node ? titleOf(node, type) : nodeId}</p>
      <p className="text-soft">{typeof question === "string" ? question : "This step waits for a decision."}</p>
      {ways.map((way) => (
        <WayForm key={way.title} way={way} busy={state.busy} send={(values) => void send(way, values)} />
      ))}
      {state.error !== undefined && (
        <p role="alert" className="text-fail">
          {state.error}
        </p>
      )}
    </div>
  );
}

type WayProps = { way: AnswerWay; busy: boolean; send(values: Record<string, string>): void };

function WayForm({ way, busy, send }: WayProps) {
  const [values, setValues] = useState<Record<string, string>>({});
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send(values);
      }}
      className="flex flex-col gap-2"
    >
      {way.fields.map((field) => (
        <div key={field.name} className="flex flex-col gap-1">
          <label htmlFor={`${id}${field.name}`} className="text-soft">
            {field.title}
            {field.required ? "" : " (if you like)"}
          </label>
          <FieldInput
            id={`${id}${field.name}`}
            field={field}
            value={values[field.name] ?? field.start}
            set={(value) => setValues({ ...values, [field.name]: value })}
          />
        </div>
      ))}
      <Button type="submit" disabled={busy}>
        {way.title}
      </Button>
    </form>
  );
}

const INPUT = "rounded-lg border border-line bg-surface px-2.5 py-2 text-ink text-sm";

type FieldProps = { id: string; field: AnswerField; value: string; set(value: string): void };

function FieldInput({ id, field, value, set }: FieldProps) {
  const change = (event: { target: { value: string } }) => set(event.target.value);
  switch (field.kind) {
    case "boolean":
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === "true"}
          onChange={(event) => set(String(event.target.checked))}
          className="size-4.5 self-start accent-brand"
        />
      );
    case "choice":
      return (
        <select id={id} value={value} onChange={change} required={field.required} className={INPUT}>
          <option value="">Choose …</option>
          {field.options?.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      );
    case "number":
      return (
        <input
          id={id}
          inputMode="decimal"
          value={value}
          onChange={change}
          required={field.required}
          className={INPUT}
        />
      );
    default:
      return <textarea id={id} rows={2} value={value} onChange={change} required={field.required} className={INPUT} />;
  }
}

"use client";
import { useEffect, useRef, useState } from "react";
import type { AskedGroup } from "#lib/client/templates/form-fields.ts";
import { type FormValues, faultsOf, inputsOf, valuesFrom } from "#lib/client/templates/form-values.ts";
import { historyPath, startTemplate } from "#lib/client/templates/template-server.ts";
import { type Told, toldProblems } from "#lib/client/templates/told-problems.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunList } from "#lib/protocol/http.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { FormView } from "../_form/form-view.tsx";
import { ExampleResult } from "./example-result.tsx";
import { FormHistory } from "./form-history.tsx";
import { RunForm } from "./run-form.tsx";
import { RunResult } from "./run-result.tsx";
import { usePrice } from "./use-price.ts";

const NOTHING: Told = { fields: new Map() };

/** Questions on the left, what came of them on the right, everything before beneath. */
export function FormPage({
  template,
  groups,
  earlier,
}: {
  template: Template;
  groups: readonly AskedGroup[];
  earlier?: RunDocument;
}) {
  const { id } = template;
  const [values, setValues] = useState<FormValues>(() => valuesFrom(groups, earlier?.inputs));
  const [runId, setRunId] = useState(earlier?.runId);
  const [told, setTold] = useState<Told>(NOTHING);
  const [starting, setStarting] = useState(false);
  const [ended, setEnded] = useState(0);
  const key = useRef("");
  const form = useRef<HTMLFormElement>(null);
  const result = useRef<HTMLElement>(null);
  const history = useLoaded<RunList>(historyPath(id));
  const faults = faultsOf(groups, values);
  const price = usePrice(id, faults.size === 0 ? inputsOf(groups, values) : undefined, ended);

  const change = (field: string, value: FormValues[string]) => {
    setValues((before) => ({ ...before, [field]: value }));
    if (told.fields.has(field)) setTold(({ fields, form: rest }) => ({ fields: without(fields, field), form: rest }));
    key.current = "";
  };
  const show = (run: string) => {
    setRunId(run);
    window.history.replaceState(null, "", `/templates/${encodeURIComponent(id)}?run=${encodeURIComponent(run)}`);
    // On a phone the result is below the form.
    requestAnimationFrame(() => result.current?.scrollIntoView({ block: "nearest", behavior: "smooth" }));
  };
  const run = async () => {
    if (starting) return;
    if (faults.size > 0) {
      setTold({ fields: faults });
      focusFirst(form.current, faults);
      return;
    }
    setStarting(true);
    // A click whose answer was lost and the click after it are one run.
    key.current ||= crypto.randomUUID();
    try {
      const started = await startTemplate(id, { inputs: inputsOf(groups, values) }, key.current);
      key.current = "";
      setTold(NOTHING);
      show(started);
      history.reload();
    } catch (error) {
      const refused = toldProblems(error, groups);
      setTold(refused);
      focusFirst(form.current, refused.fields);
    } finally {
      setStarting(false);
    }
  };
  const again = (document: RunDocument) => {
    setValues(valuesFrom(groups, document.inputs));
    setTold(NOTHING);
    key.current = "";
    form.current?.scrollIntoView({ block: "start", behavior: "smooth" });
    form.current
      ?.querySelector<HTMLElement>("input:not([type=file],[aria-hidden=true]), textarea, select")
      ?.focus({ preventScroll: true });
  };
  const over = () => {
    setEnded((n) => n + 1);
    history.reload();
  };
  return (
    <>
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(20rem,25rem)_1fr]">
        <form
          ref={form}
          aria-label={template.name}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
          className="flex min-w-0 scroll-mt-20 flex-col gap-6 lg:sticky lg:top-20"
        >
          {groups.length === 0 && <p className="text-soft">This template asks for nothing: just run it.</p>}
          <FormView groups={groups} values={values} faults={told.fields} idPrefix="field" onChange={change} />
          <RunForm starting={starting} price={price.estimate} refused={told.form} />
        </form>
        <section ref={result} aria-label="Result" className="min-w-0 scroll-mt-20">
          {runId === undefined ? (
            <ExampleResult template={template} />
          ) : (
            <RunResult key={runId} runId={runId} template={template} onAgain={again} onOver={over} />
          )}
        </section>
      </div>
      <FormHistory runs={history.value?.runs} shown={runId} onShow={show} onAgain={again} />
      <LeaveCare busy={starting} />
    </>
  );
}

/** While a click is on its way a reload would hide what it started. */
function LeaveCare({ busy }: { busy: boolean }) {
  useEffect(() => {
    if (!busy) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", hold);
    return () => removeEventListener("beforeunload", hold);
  }, [busy]);
  return null;
}

const without = (fields: ReadonlyMap<string, string>, field: string): Map<string, string> =>
  new Map([...fields].filter(([one]) => one !== field));

function focusFirst(form: HTMLFormElement | null, faults: ReadonlyMap<string, string>): void {
  const [first] = faults.keys();
  const place = first === undefined ? null : form?.querySelector(`[data-field="${CSS.escape(first)}"]`);
  place?.querySelector<HTMLElement>("input:not([aria-hidden=true]), textarea, select, button")?.focus();
}

"use client";
import { httpSetup, pipeSetup } from "#lib/client/ways-in/assistant-setup.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { CodeBlock } from "./code-block.tsx";
import { Part } from "./part.tsx";

/** How an assistant gets this template as a tool. */
export function AssistantPart({ template }: { template: Template }) {
  return (
    <Part
      title="Assistants"
      says={`Anything that speaks the Model Context Protocol gets one tool per published template; this one is called “${template.id.replace(/[^A-Za-z0-9_-]+/g, "-")}”. Pictures come back as pictures.`}
    >
      <CodeBlock label="On this machine, over a pipe" text={pipeSetup()} />
      <CodeBlock
        label="Elsewhere, over HTTP with the token"
        text={httpSetup(typeof location === "undefined" ? "" : location.origin)}
      />
    </Part>
  );
}

import type { EventBody } from "../protocol/events.ts";
import { StepError } from "../protocol/failure.ts";
import { type MicroUsd, toUsd } from "../protocol/money.ts";
import type { CallScope, KeptAnswer, KeptPicture, LedgerPorts, PaidCall } from "./call-scope.ts";
import { type AssetInfo, type CallRow, type ProviderAnswer, ProviderError } from "./ports.ts";

/** Bytes first, rows second: pictures are checked, stored durably, then the call is completed. */
export async function keep(
  ports: LedgerPorts,
  scope: CallScope,
  call: PaidCall,
  row: CallRow,
  answer: ProviderAnswer,
): Promise<KeptAnswer> {
  const costMicro = ports.provider.simulated ? 0 : (answer.costMicro ?? row.reservedMicro);
  const estimated = !ports.provider.simulated && answer.costMicro === undefined;
  const pictures: KeptPicture[] = [];
  const infos: AssetInfo[] = [];
  for (const { bytes, ...about } of answer.pictures) {
    try {
      const { width, height, mediaType } = await ports.ops.inspect(bytes);
      const { asset } = await ports.assets.put(bytes);
      infos.push({ asset, bytes: bytes.length, mediaType, width, height });
      pictures.push({ asset, width, height, mediaType, ...about });
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      const bad = new ProviderError(
        "failed",
        "BAD_UPSTREAM_IMAGE",
        `The provider's picture cannot be used: ${error.message}`,
        { requestId: answer.requestId },
      );
      await settle(ports, scope, row, "failed", costMicro, bad);
      throw failed(bad);
    }
  }
  const { pictures: _bytes, costMicro: _cost, ...rest } = answer;
  const kept: KeptAnswer = {
    ...rest,
    responseId: answer.responseId ?? row.responseId,
    pictures,
    costMicro,
    estimated,
    rehydrated: row.request.rehydrated === true || undefined,
    sentAt: row.createdAt,
  };
  const commit = ports.journal.settle(
    row.key,
    row.runId === scope.runId ? scope.epoch : undefined,
    {
      state: "completed",
      costMicro,
      estimated,
      answer: kept as unknown as Record<string, unknown>,
      requestId: answer.requestId,
      turn: call.turn?.(kept),
      assets: infos,
    },
    [settled(row, "completed", costMicro)],
  );
  await scope.committed(commit);
  scope.spent(costMicro);
  return kept;
}

const settled = (
  row: CallRow,
  state: "completed" | "failed" | "cancelled" | "in_doubt" | "abandoned",
  costMicro: MicroUsd,
  error?: ProviderError,
): EventBody => ({
  type: "call.settled",
  nodeId: row.nodeId,
  pass: row.pass,
  item: row.item,
  call: row.key,
  state,
  costUsd: toUsd(costMicro),
  ...(error ? { error: { code: error.code, message: error.message, requestId: error.requestId } } : {}),
});

export async function settle(
  ports: LedgerPorts,
  scope: CallScope,
  row: CallRow,
  state: "failed" | "cancelled",
  costMicro: MicroUsd,
  error: ProviderError | undefined,
): Promise<void> {
  const cost = ports.provider.simulated ? 0 : costMicro;
  await ports.journal.settle(
    row.key,
    row.runId === scope.runId ? scope.epoch : undefined,
    {
      state,
      costMicro: cost,
      estimated: false,
      requestId: error?.requestId,
      ...(error
        ? { error: { code: error.code, message: error.message, requestId: error.requestId, details: error.details } }
        : {}),
    },
    [settled(row, state, cost, error)],
  );
  if (cost > 0) scope.spent(cost);
}

/** It was never sent, and its run may be somebody else's by now. */
export async function unsent(ports: LedgerPorts, row: CallRow): Promise<void> {
  const outcome = { state: "cancelled", costMicro: 0, estimated: false } as const;
  await ports.journal.settle(row.key, undefined, outcome, [settled(row, "cancelled", 0)]);
}

/** Its fate is unknown: the reservation stands as spent until someone decides. */
export async function doubt(ports: LedgerPorts, scope: CallScope, row: CallRow, why: string): Promise<void> {
  await ports.journal.settle(
    row.key,
    row.runId === scope.runId && row.epoch === scope.epoch ? scope.epoch : undefined,
    { state: "in_doubt", costMicro: row.reservedMicro, estimated: true, error: { code: "in_doubt", message: why } },
    [settled(row, "in_doubt", row.reservedMicro)],
  );
}

export async function abandon(ports: LedgerPorts, scope: CallScope, row: CallRow): Promise<void> {
  await ports.journal.settle(
    row.key,
    undefined,
    { state: "abandoned", costMicro: row.reservedMicro, estimated: true, error: row.error },
    [settled(row, "abandoned", row.reservedMicro)],
  );
  void scope;
}

/** The step's error that a provider's error becomes; a refusal by moderation has a code of its own. */
export const failed = (error: ProviderError): StepError =>
  new StepError(error.kind === "refused" ? "moderation" : error.code, error.message, {
    requestId: error.requestId,
    details: error.details,
  });

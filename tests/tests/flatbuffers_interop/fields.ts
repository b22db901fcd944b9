// Reads a value, prints each field on a line, and writes the value again: fields.js schema in.bin out.bin

import { readFileSync, writeFileSync } from "node:fs";
import * as flatbuffers from "flatbuffers";
import { Creature } from "./creature.js";
import { Everything } from "./everything.js";

function text(value: unknown): string {
  if (value === null) return "none";
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "number") return String(value).replace("e+", "e");
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  if (typeof value === "object") return `{${fields(value as object).map((field) => field.join(": ")).join(", ")}}`;
  return String(value);
}

function fields(value: object): [string, string][] {
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, item]) => [key, text(item)]);
}

const [schema, source, target] = process.argv.slice(2);
const bytes = new flatbuffers.ByteBuffer(new Uint8Array(readFileSync(source!)));
const builder = new flatbuffers.Builder(0);
const isCreature = schema === "creature";
const value = isCreature ? Creature.getRootAsCreature(bytes).unpack() : Everything.getRootAsEverything(bytes).unpack();
for (const [key, item] of fields(value)) console.log(`${key} = ${item}`);

if (isCreature) Creature.finishCreatureBuffer(builder, value.pack(builder));
else Everything.finishEverythingBuffer(builder, value.pack(builder));
writeFileSync(target!, builder.asUint8Array());

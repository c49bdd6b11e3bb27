/* Runs overrides/scripts/evidence/verify.js, as it stands in the page, over many packs: each comes on the standard input after its length
   in four bytes, and each gives one line of JSON: the code that verify.py would end with, and the faults. */
"use strict";
const fs = require("node:fs");

globalThis.crypto ??= require("node:crypto").webcrypto; // Node 18, which Debian 12 has, keeps it there

require(process.argv[2]);
const {Pack, ChangedZip, readZip} = globalThis.evidencePack;

async function verdict(raw) {
  let files;
  try {
    files = readZip(raw);
  } catch (error) {
    return error instanceof ChangedZip ? {code: 1, faults: [error.message + "."]} : {code: 2, faults: []};
  }
  const pack = new Pack(files);
  await pack.check(() => undefined);
  return {code: pack.faults.length ? 1 : 0, faults: pack.faults, unproven: pack.manifest ? pack.unproven() : [], signatures: !pack.noSignatures};
}

function next() {
  const length = Buffer.alloc(4);
  for (let got = 0; got < 4;) {
    const more = fs.readSync(0, length, got, 4 - got);
    if (!more) { return null; }
    got += more;
  }
  const raw = Buffer.alloc(length.readUInt32BE(0));
  for (let got = 0; got < raw.length;) { got += fs.readSync(0, raw, got, raw.length - got); }
  return raw;
}

(async () => {
  for (let raw = next(); raw; raw = next()) { fs.writeSync(1, JSON.stringify(await verdict(raw)) + "\n"); }
})();

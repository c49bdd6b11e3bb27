// @ts-check
/* Shows in the browser what verify.js finds in a pack. Words of a pack are put in as text, never as HTML. */
(function () {
  "use strict";

  const {Pack, ChangedZip, SIGNS, readZip, readJson} = globalThis.evidencePack;
  const MOST = 200;
  const OF_THE_SYSTEM = [".DS_Store", "Thumbs.db", "desktop.ini"];
  /** @type {(id: string) => any} */
  const $ = id => document.getElementById(id);

  async function readFiles(given) {
    const chosen = Array.from(given);
    if (chosen.length === 1 && chosen[0].name.endsWith(".zip")) { return readZip(await chosen[0].arrayBuffer()); }
    const files = new Map();
    for (const file of chosen) {
      const path = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
      if (!OF_THE_SYSTEM.includes(file.name)) { files.set(path, new Uint8Array(await file.arrayBuffer())); }
    }
    if (!files.has("manifest.json")) { throw new Error("there is no manifest.json in it"); }
    return files;
  }

  /* Signs that show nothing or turn the direction of a text are written out. */
  const plain = text => text.replace(/[\p{C}\p{Z}]/gu, sign => sign === " " ? sign : `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`);

  function make(tag, text, parent) {
    const element = document.createElement(tag);
    if (text) { element.textContent = plain(text); }
    if (parent) { parent.append(element); }
    return element;
  }

  function list(parent, lines) {
    parent.replaceChildren();
    lines.slice(0, MOST).forEach(line => make("li", line, parent));
    if (lines.length > MOST) { make("li", `… and ${lines.length - MOST} more.`, parent); }
  }

  const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  function inWords(day) {
    const date = new Date(`${day}T00:00:00Z`);
    return isNaN(Number(date)) ? day : date.toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  }

  function rowsOf(pack) {
    const every = new Map([...pack.bodies, ...pack.redacted]), isVoid = new Set(), unproven = new Set(pack.unproven());
    Array.from(every.keys()).sort((one, other) => other - one).forEach(number => {
      if (every.get(number).kind === "void" && !isVoid.has(number)) { isVoid.add(every.get(number).about); }
    });
    return Array.from(every).filter(([, body]) => SIGNS.includes(body.kind)).sort((one, other) => one[0] - other[0]).map(([number, body]) => [
      String(number), (body.received || "").replace("T", " ").replace("Z", " UTC"), body.person || "", pack.names.get(number) || "–", body.policy || "", body.revision || "",
      body.kind, body.assurance || "not stated", isVoid.has(number) ? "no, void" : "yes", proofOf(pack, number, body, unproven)
    ]);
  }

  function proofOf(pack, number, body, unproven) {
    if (pack.redacted.has(number)) { return "told, not proven"; }
    return (unproven.has(number) ? "after the newest checkpoint" : "under a checkpoint") + (pack.told.has(body.receipt) ? "; receipt told" : "");
  }

  function showRows(rows, words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(word => word);
    const found = rows.filter(row => wanted.every(word => row.some(cell => cell.toLowerCase().includes(word))));
    $("rows").replaceChildren();
    found.slice(0, MOST).forEach(row => {
      const line = make("tr", "", $("rows"));
      make("th", row[0], line).scope = "row";
      row.slice(1).forEach(cell => make("td", cell, line));
    });
    $("count").textContent = found.length > MOST ? `The first ${MOST} of ${found.length} are shown.` : `${found.length} of ${rows.length} are shown.`;
  }

  // What stands with a clause, a line each; a cell comes after the word above its column.
  function linesOf(own) {
    const lines = [];
    if (own.table) {
      lines.push(`Table: ${own.table.caption || ""}`);
      own.table.rows.forEach(row => { lines.push(row.map((cell, at) => `${own.table.header[at]}: ${cell}`).join("; ")); });
    }
    if (own.figure) { lines.push(`Figure: ${own.figure.alternative}`); }
    if (own.form) { lines.push(`Form: ${own.form.title}: ${own.form.fields.map(field => field.label).join("; ")}`); }
    if (own.attachment) { lines.push(`File: ${own.attachment.label}`); }
    if (own.after) { lines.push(own.after); }
    if (own.note) { lines.push(`Footnote: ${own.note}`); }
    Object.keys(own.files || {}).forEach(name => { lines.push(`SHA-256 of ${name}: ${own.files[name]}`); });
    return lines;
  }

  function showTexts(pack) {
    $("texts").replaceChildren();
    pack.manifest.revisions.forEach(one => {
      const details = make("details", "", $("texts")), read = readJson(pack.textOf(one));
      make("summary", `${one.title}, revision ${one.revision}${one.academy ? `, text of the academy ${one.academy}` : ""}`, details);
      make("p", `SHA-256 ${one.digest}`, details).className = "digest";
      try {
        const clauses = make("ol", "", details);
        read.clauses.forEach(clause => {
          const said = make("li", `${clause.modality}: ${clause.lead_in.concat(clause.text, clause.goes_on || []).join(" ")}`, clauses);
          linesOf(clause.structures || {}).forEach(line => make("p", line, said));
        });
      } catch (error) { make("p", "This file cannot be read.", details); }
    });
  }

  function purgesOf(pack) {
    return Array.from(pack.bodies.values()).filter(body => body.kind === "purged").map(body => {
      const kinds = new Map(), told = (body.facts || {}).kinds;
      (Array.isArray(told) ? told : []).forEach(kind => kinds.set(kind, (kinds.get(kind) || 0) + 1));
      const took = Array.from(kinds, ([kind, number]) => `${number} ${kind}`).sort().join(", ") || "kinds not told";
      return `Purged on ${inWords(body.at.slice(0, 10))} by ${body.by || "someone who is not named"}: ${took}. Why: ${body.says || ""}`;
    });
  }

  function unprovenOf(pack) {
    return pack.unproven().map(number => {
      const body = pack.bodies.get(number) || pack.redacted.get(number) || {};
      return `Entry ${number}, ${body.kind || "left out or purged"}`;
    });
  }

  function checkedOf(pack) {
    const texts = pack.manifest.revisions.length;
    return [
      `${counted(pack.hashes.size, "entry", "entries")} of the register in one chain; ${pack.bodies.size} of them with what they say`,
      pack.manifest.redacted ? "Receipts are left out of this pack" : `${counted(pack.lines.size, "receipt", "receipts")} with check and link, ${pack.told.size} told: HR signed what they say, and can show them`,
      `${counted(texts, "text", "texts")} against the digest that was acknowledged`,
      pack.covered ? `The newest checkpoint covers the first ${counted(pack.covered, "entry", "entries")}` : "There is no checkpoint: that the end was not cut off is not proven",
      pack.noSignatures ? "No signature was checked: this browser cannot check Ed25519" : "All signatures were checked",
      ...purgesOf(pack)
    ];
  }

  /* The one comparison that nobody can make for the reader. */
  function judge(pack) {
    const key = pack.manifest && pack.keys.get(pack.manifest.key), wanted = $("fingerprint").value.replace(/\s+/g, "").toLowerCase();
    const faults = pack.faults.length, isSame = key && wanted === key.fingerprint;
    const [words, looks] = faults ? [faults === 1 ? "One thing is wrong" : `${faults} things are wrong`, "wrong"]
      : pack.noSignatures ? ["Not checked: this browser cannot check signatures", "open"]
      : isSame ? ["Nothing is wrong with this pack", "right"]
      : wanted.length >= 64 ? ["Signed with another key than the one you were told", "wrong"]
      : ["No faults found. Now compare the key", "open"];
    $("verdict").textContent = words;
    $("verdict").className = looks;
    $("compared").textContent = !wanted ? "" : isSame ? "It is the fingerprint that you were told." : wanted.length < 64 ? "A fingerprint has 64 letters and digits." : "It is not the fingerprint of this pack’s key.";
    $("advice").textContent = pack.noSignatures ? "Open this page in a newer browser, or run verify.py. Until then nothing here is proven." : "";
  }

  function showKeys(pack) {
    const name = pack.manifest.key, key = pack.keys.get(name);
    $("whose").textContent = key ? `The pack is signed with the key ${name} of ${key.trust}. Its fingerprint:` : "The pack names a key that is not in it.";
    $("shown").textContent = key ? key.fingerprint.replace(/(.{4})(?=.)/g, "$1 ") : "";
    $("keys").replaceChildren();
    pack.keys.forEach(one => {
      const line = make("tr", "", $("keys"));
      make("th", one.id, line).scope = "row";
      [one.public, one.trust, `${one.first} to ${one.last || "now"}`].forEach(cell => make("td", cell, line));
    });
  }

  function show(pack) {
    const manifest = pack.manifest;
    $("about").textContent = manifest ? plain(`${manifest.trust_name}, as at ${inWords(manifest.as_of)}${manifest.redacted ? ", names left out." : "."}`) : "";
    list($("faults"), pack.faults);
    $("more").hidden = !manifest;
    if (manifest) {
      list($("checked"), checkedOf(pack));
      list($("unproven"), unprovenOf(pack));
      $("after").hidden = !pack.unproven().length;
      showKeys(pack);
      const rows = rowsOf(pack);
      $("words").oninput = () => showRows(rows, $("words").value);
      showRows(rows, $("words").value);
      showTexts(pack);
    }
    $("fingerprint").oninput = () => judge(pack);
    judge(pack);
    $("result").hidden = false;
    $("verdict").focus();
  }

  async function start(chosen) {
    $("result").hidden = true;
    $("status").textContent = "Reading…";
    try {
      const pack = new Pack(await readFiles(chosen));
      await pack.check(words => { $("status").textContent = words; });
      show(pack);
      $("status").textContent = "Checked.";
    } catch (problem) {
      const error = /** @type {Error} */ (problem);
      if (error instanceof ChangedZip) {
        const nothing = new Pack(new Map());
        nothing.fault(`${error.message}.`);
        show(nothing);
        $("status").textContent = "Checked.";
      } else {
        $("status").textContent = `This is no evidence pack: ${error.message}.`;
      }
    }
  }

  if (!window.crypto || !crypto.subtle) {
    $("status").textContent = "This browser can check nothing here: open this file from its folder, not from a web address without https.";
  } else {
    ["zip", "folder"].forEach(id => $(id).addEventListener("change", event => { if (event.target.files.length) { start(event.target.files); } }));
  }
}());

/* Checks an evidence pack in the browser: reads the zip itself, asks nobody for anything, and says each fault in words.
   What is checked stands in README.txt; verify.py checks the same. */
"use strict";
(function () {
  const SIGNS = ["acknowledged", "on-behalf", "carried"];
  const ISSUED = ["since", "quiz", "due", "issued", "expires", "key"];
  const SAME = ["ref", "trust", "policy", "revision", "digest"];
  const MOST = 200;
  const utf8 = new TextDecoder("utf-8", {fatal: true});
  const bytesOf = text => new TextEncoder().encode(text);
  const $ = id => document.getElementById(id);

  /* Reading */

  async function readZip(buffer) {
    const view = new DataView(buffer);
    let end = buffer.byteLength - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) { end -= 1; }
    if (end < 0) { throw new Error("this is no zip, or its end is missing"); }
    const files = new Map();
    let place = view.getUint32(end + 16, true);
    for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
      if (view.getUint32(place, true) !== 0x02014b50) { throw new Error("the zip's list of files is damaged"); }
      const [method, size, length] = [view.getUint16(place + 10, true), view.getUint32(place + 24, true), view.getUint16(place + 28, true)];
      const name = utf8.decode(new Uint8Array(buffer, place + 46, length));
      const local = view.getUint32(place + 42, true);
      if (files.has(name)) { throw new Error("a name stands in it twice: " + name); }
      if (method !== 0) { throw new Error(name + " is compressed: choose the pack as HR made it, or the files of its folder"); }
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      files.set(name, new Uint8Array(buffer, start, size));
      place += 46 + length + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
    }
    return files;
  }

  async function readFiles(list) {
    const chosen = Array.from(list);
    if (chosen.length === 1 && chosen[0].name.endsWith(".zip")) { return readZip(await chosen[0].arrayBuffer()); }
    const files = new Map();
    for (const file of chosen) {
      const path = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
      if (![".DS_Store", "Thumbs.db", "desktop.ini"].includes(file.name)) { files.set(path, new Uint8Array(await file.arrayBuffer())); }
    }
    return files;
  }

  const linesOf = bytes => bytes ? utf8.decode(bytes).split("\n").filter(line => line) : [];
  const jsonOf = bytes => JSON.parse(utf8.decode(bytes));

  /* The one form in which a value is written before a digest is taken of it (RFC 8785). */
  function canonical(value) {
    if (Array.isArray(value)) { return "[" + value.map(canonical).join(",") + "]"; }
    if (value === null || typeof value !== "object") { return JSON.stringify(value); }
    return "{" + Object.keys(value).sort().map(key => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  }

  /* The payload of a link, written again from the entry that issued it. */
  function linkIssued(ref, source) {
    const facts = source.facts || {}, link = {};
    SAME.forEach(name => { link[name] = source[name] || ""; });
    ISSUED.forEach(name => { link[name] = facts[name] || ""; });
    link.ref = ref;
    return btoa(Array.from(bytesOf(canonical(link)), byte => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function sha(data) {
    const digest = await crypto.subtle.digest("SHA-256", typeof data === "string" ? bytesOf(data) : data);
    return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("");
  }

  function unbase64(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) { throw new Error("not base64url"); }
    const raw = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
    const again = btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    if (again !== text) { throw new Error("not the one form of base64url"); }
    return raw;
  }

  /* Checking */

  class Pack {
    constructor(files) {
      this.files = files;
      this.faults = [];
      this.manifest = jsonOf(files.get("manifest.json"));
      this.keys = new Map(jsonOf(files.get("keys.json")).map(key => [key.id, key]));
      this.hashes = new Map();
      this.bodies = new Map();
      this.receipts = new Map();
      this.unchecked = 0;
    }

    fault(what) { this.faults.push(what); }

    async check(say) {
      for (const line of linesOf(this.files.get("receipts.txt"))) { this.receipts.set(await sha(line), line); }
      await this.importKeys();
      say("Checking the files…");
      await this.checkFiles();
      say("Checking the register…");
      await this.checkRegister();
      await this.checkCheckpoints();
      await this.checkTexts();
      say("Checking the receipts…");
      await this.checkReceipts();
      for (const [number, body] of this.bodies) {
        if (body.kind === "replied") { await this.checkReply(number, String((body.facts || {}).line || "")); }
      }
    }

    async importKeys() {
      for (const key of this.keys.values()) {
        const raw = unbase64(key.public);
        if ((await sha(raw)).slice(0, 12) !== key.id) { this.fault("keys.json: key " + key.id + " does not fit its id"); }
        try {
          key.imported = await crypto.subtle.importKey("raw", raw, {name: "Ed25519"}, false, ["verify"]);
        } catch (error) {
          this.noSignatures = error.name === "NotSupportedError";
          if (!this.noSignatures) { this.fault("keys.json: " + key.id + " is no key"); }
        }
      }
    }

    async isSigned(key, text, signature) {
      if (this.noSignatures) { this.unchecked += 1; return true; }
      const found = this.keys.get(key);
      if (!found || !found.imported) { return false; }
      try {
        return await crypto.subtle.verify({name: "Ed25519"}, found.imported, unbase64(signature), bytesOf(text));
      } catch (error) {
        return false;
      }
    }

    async checkFiles() {
      const told = this.manifest.files;
      for (const name of Array.from(new Set([...Object.keys(told), ...this.files.keys()])).sort()) {
        if (!this.files.has(name)) {
          this.fault(name + ": it is missing");
        } else if (name !== "manifest.json" && !told[name]) {
          this.fault(name + ": it does not belong to the pack");
        } else if (name !== "manifest.json" && await sha(this.files.get(name)) !== told[name]) {
          this.fault(name + ": it was changed or damaged since the pack was made");
        }
      }
    }

    async checkRegister() {
      let before = "0".repeat(64), number = 0, place = 0;
      const bodiless = new Set();
      for (const line of linesOf(this.files.get("register.jsonl"))) {
        const at = "register.jsonl, line " + (place += 1) + ": ";
        let entry, head;
        try {
          entry = JSON.parse(line);
          head = entry.head;
          if (![head.number, head.before, head.body].every(part => part !== undefined)) { throw new Error("no head"); }
        } catch (error) {
          this.fault(at + "this is no entry: it was changed");
          continue;
        }
        if (head.number !== number + 1) {
          this.fault(at + "entry " + head.number + " stands where entry " + (number + 1) + " should: one was cut out, put in or moved");
        } else if (head.before !== before) {
          this.fault(at + "entry " + head.number + " does not hang from the one before it: one of the two was changed");
        }
        if (!("body" in entry)) {
          bodiless.add(head.number);
        } else if (await sha(entry.salt + canonical(entry.body)) !== head.body) {
          this.fault(at + "entry " + head.number + " does not say what it said when it was written");
        } else {
          this.bodies.set(head.number, entry.body);
        }
        number = head.number;
        before = await sha(canonical(head));
        this.hashes.set(number, before);
      }
      if (number !== this.manifest.entries || before !== this.manifest.hash) {
        this.fault("register.jsonl ends with entry " + number + ", and the manifest knows entry " + this.manifest.entries + ": its end was changed or cut off");
      }
      this.checkBodiless(bodiless);
    }

    checkBodiless(bodiless) {
      for (const [number, body] of this.bodies) {
        if (body.kind === "purged") { body.facts.entries.forEach(one => bodiless.delete(one)); }
        if (body.kind === "key") {
          const known = this.keys.get(body.facts.id);
          if (!known || known.public !== body.facts.public) {
            this.fault("keys.json: entry " + number + " made key " + body.facts.id + ", and it is not there, or another one is");
          }
        }
      }
      const leftOut = Object.values(this.manifest.left_out).reduce((sum, count) => sum + count, 0);
      if (bodiless.size !== leftOut) {
        this.fault("register.jsonl: " + bodiless.size + " entries say nothing and were not purged, and the manifest knows " + leftOut);
      }
    }

    async checkCheckpoints() {
      const noted = new Set(Array.from(this.bodies.values()).filter(body => body.kind === "checkpoint").map(body => body.about));
      for (const name of Array.from(this.files.keys()).filter(one => one.startsWith("checkpoints/")).sort()) {
        let told, signature;
        try {
          ({checkpoint: told, signature} = jsonOf(this.files.get(name)));
          noted.delete(told.number);
        } catch (error) {
          this.fault(name + ": this is no checkpoint: it was changed");
          continue;
        }
        if (!await this.isSigned(told.key, canonical(told), String(signature))) {
          this.fault(name + ": its signature does not fit: it was changed, or forged");
        }
        if (this.hashes.get(told.number) !== told.hash) {
          this.fault(name + ": entry " + told.number + " is not the one that was signed on " + told.at + ": it, or one before it, was written anew or cut off");
        }
      }
      noted.forEach(number => this.fault("checkpoints/" + number + ".json: the register says that it was made, and it is missing"));
    }

    async checkTexts() {
      const told = new Map();
      for (const one of this.manifest.revisions) {
        told.set(one.policy + " " + one.revision, one.digest);
        if (await sha(this.files.get(one.text) || new Uint8Array()) !== one.digest) {
          this.fault(one.text + ": this is not the text with the digest of " + one.policy + " " + one.revision);
        }
      }
      for (const [number, body] of this.bodies) {
        if (SIGNS.includes(body.kind) && told.get(body.policy + " " + body.revision) !== body.digest) {
          this.fault("entry " + number + " acknowledges " + body.policy + " " + body.revision + ", and its text is not in the pack: its digest is " + body.digest);
        }
      }
    }

    async checkReceipts() {
      const key = (policy, revision, statement) => JSON.stringify([policy, revision, statement]);
      const statements = new Set(jsonOf(this.files.get("statements.json")).map(one => key(one.policy, one.revision, one.statement)));
      const issued = new Map(Array.from(this.bodies.values()).filter(body => body.kind === "issued").map(body => [body.ref, body]));
      const named = new Set();
      this.names = new Map();
      for (const [number, body] of this.bodies) {
        named.add(body.receipt);
        if (!["acknowledged", "not-understood"].includes(body.kind) || !body.receipt || this.manifest.redacted) { continue; }
        const line = this.receipts.get(body.receipt);
        if (!line) {
          if (body.channel !== "scan") { this.fault("receipts.txt: the receipt of entry " + number + " is missing: " + body.receipt); }
        } else if (line.startsWith("ackr1.")) {
          for (const what of await this.wrongIn(number, line, body, issued, told => statements.has(key(body.policy, body.revision, told)))) {
            this.fault("entry " + number + ": " + what);
          }
        }
      }
      for (const receipt of this.receipts.keys()) {
        if (!named.has(receipt)) { this.fault("receipts.txt: a line that no entry names: " + receipt); }
      }
    }

    async wrongIn(number, line, body, issued, isStatement) {
      const [, payload, check] = line.split(".");
      if ((await sha("ackr1." + payload)).slice(0, 16) !== check) { return ["the check of its receipt does not fit: it was changed"]; }
      const written = utf8.decode(unbase64(payload)), says = JSON.parse(written), wrong = [];
      this.names.set(number, says.name);
      if (canonical(says) !== written) { wrong.push("its receipt is not written as the page writes it"); }
      if (says.outcome !== body.kind) { wrong.push("its receipt says " + says.outcome + ", and the entry " + body.kind); }
      if (says.outcome === "acknowledged" && !isStatement(says.statement)) { wrong.push("the statement that was ticked is not among statements.json"); }
      return body.by ? wrong : wrong.concat(await this.wrongInLink(says, body, issued));
    }

    async wrongInLink(says, body, issued) {
      const parts = says.link.split(".");
      if (parts[0] === "r1") { parts.splice(0, 2, "a1", linkIssued(parts[1], issued.get(parts[1]) || {})); } // by its reference: the entry that issued it says the rest
      const begun = parts.slice(0, 2).join(".");
      let link = {};
      try { link = JSON.parse(utf8.decode(unbase64(parts[1]))); } catch (error) { /* no link: the next line says so */ }
      if (parts[0] !== "a1" || parts.length !== 3 || !await this.isSigned(link.key, begun, parts[2])) {
        return ["its receipt holds no link that a key of keys.json signed"];
      }
      const wrong = [], source = issued.get(link.ref) || {}, facts = source.facts || {}, key = this.keys.get(link.key);
      if (SAME.some(name => link[name] !== body[name]) || SAME.slice(1).some(name => says[name] !== body[name])) {
        wrong.push("its receipt, or the link in it, is for something else than the entry says");
      }
      if (ISSUED.some(name => link[name] !== facts[name]) || source.person !== body.person) { wrong.push("no entry issued this link to this person"); }
      if (!key || link.issued < key.first || link.issued > (key.last || "9999")) {
        wrong.push("its link was issued on " + link.issued + ", when key " + link.key + " was not in use");
      }
      return wrong;
    }

    async checkReply(number, line) {
      const parts = line.split(".");
      let says = {};
      try { says = JSON.parse(utf8.decode(unbase64(parts[1]))); } catch (error) { /* no reply: the next line says so */ }
      if (parts[0] !== "ackc1" || !await this.isSigned(says.key, parts.slice(0, 2).join("."), parts[2]) || this.hashes.get(says.entry) !== says.hash) {
        this.fault("entry " + number + ": the reply that it names was changed, or its entry " + says.entry + " was");
      }
    }

    /* What the pack shows, whether or not it holds. */
    acknowledgements() {
      const told = linesOf(this.files.get("redacted.jsonl")).map(line => JSON.parse(line));
      this.told = new Set(told.map(one => one.number));
      const every = new Map([...this.bodies, ...told.map(one => [one.number, one.body])]);
      const isVoid = new Set();
      Array.from(every.keys()).sort((one, other) => other - one).forEach(number => {
        if (every.get(number).kind === "void" && !isVoid.has(number)) { isVoid.add(every.get(number).about); }
      });
      return Array.from(every).filter(([, body]) => SIGNS.includes(body.kind)).sort((one, other) => one[0] - other[0]).map(([number, body]) => [
        String(number), (body.received || "").replace("T", " ").replace("Z", " UTC"), body.person, this.names && this.names.get(number) || "–", body.policy, body.revision,
        body.kind + (this.told.has(number) ? " (told, not proven)" : ""), body.assurance || "not stated", isVoid.has(number) ? "no, void" : "yes",
      ]);
    }
  }

  /* Showing: words of a pack are put in as text, never as HTML. */

  function make(tag, text, parent) {
    const element = document.createElement(tag);
    if (text) { element.textContent = text; }
    if (parent) { parent.append(element); }
    return element;
  }

  function showRows(rows, words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(word => word);
    const found = rows.filter(row => wanted.every(word => row.some(cell => cell.toLowerCase().includes(word))));
    const body = $("rows");
    body.replaceChildren();
    found.slice(0, MOST).forEach(row => {
      const line = make("tr", "", body);
      make("th", row[0], line).scope = "row";
      row.slice(1).forEach(cell => make("td", cell, line));
    });
    $("count").textContent = found.length > MOST ? "The first " + MOST + " of " + found.length + " are shown." : found.length + " of " + rows.length + " are shown.";
  }

  function showTexts(pack) {
    $("texts").replaceChildren();
    pack.manifest.revisions.forEach(one => {
      const details = make("details", "", $("texts"));
      make("summary", one.title + ", revision " + one.revision, details);
      make("p", "SHA-256 " + one.digest, details).className = "digest";
      const list = make("ol", "", details);
      try {
        jsonOf(pack.files.get(one.text)).clauses.forEach(clause => make("li", clause.modality + ": " + clause.lead_in.concat(clause.text).join(" "), list));
      } catch (error) { make("p", "This file cannot be read.", details); }
    });
  }

  function show(pack) {
    const faults = pack.faults, manifest = pack.manifest;
    const last = Math.max(0, ...Array.from(pack.files.keys()).filter(name => name.startsWith("checkpoints/")).map(name => parseInt(name.slice(12), 10) || 0));
    $("verdict").textContent = faults.length ? (faults.length === 1 ? "One thing is wrong" : faults.length + " things are wrong") : "Nothing is wrong with this pack";
    $("verdict").className = faults.length ? "wrong" : "right";
    $("about").textContent = manifest.trust_name + ", as at " + manifest.as_of + (manifest.redacted ? ", names left out." : ".");
    $("faults").replaceChildren();
    faults.slice(0, MOST).forEach(what => make("li", what, $("faults")));
    if (faults.length > MOST) { make("li", "… and " + (faults.length - MOST) + " more.", $("faults")); }
    $("checked").replaceChildren();
    [
      pack.hashes.size + " entries of the register in one chain; " + pack.bodies.size + " of them with what they say",
      pack.receipts.size + " receipts, each with its check, its link and the link's signature" + (manifest.redacted ? ": they are left out of this pack" : ""),
      manifest.revisions.length + " texts, each against the digest that was acknowledged",
      last ? "Checkpoints: the newest covers the first " + last + " entries; that nothing after it was cut off is not proven" : "No checkpoint: that the end was not cut off is not proven",
      pack.noSignatures ? "This browser cannot check Ed25519 signatures: " + pack.unchecked + " were not checked. Use a newer one, or verify.py" : "All signatures were checked",
    ].forEach(what => make("li", what, $("checked")));
    $("keys").replaceChildren();
    pack.keys.forEach(key => {
      const line = make("tr", "", $("keys"));
      make("th", key.id, line).scope = "row";
      [key.public, key.trust, key.first + " to " + (key.last || "now")].forEach(cell => make("td", cell, line));
    });
    const rows = pack.acknowledgements();
    $("words").oninput = () => showRows(rows, $("words").value);
    showRows(rows, $("words").value);
    showTexts(pack);
    $("result").hidden = false;
    $("verdict").focus();
  }

  async function start(list) {
    $("result").hidden = true;
    $("status").textContent = "Reading…";
    try {
      const pack = new Pack(await readFiles(list));
      try {
        await pack.check(words => { $("status").textContent = words; });
      } catch (error) {
        pack.fault("something in the pack is not written as it should be, and was not checked to its end: " + error.message);
      }
      show(pack);
      $("status").textContent = "Checked.";
    } catch (error) {
      $("status").textContent = "This is no evidence pack, or it is damaged beyond reading: " + error.message;
    }
  }

  if (!window.crypto || !crypto.subtle) {
    $("status").textContent = "This browser can check nothing here: open this file from its folder, not from a web address without https.";
  } else {
    ["zip", "folder"].forEach(id => $(id).addEventListener("change", event => { if (event.target.files.length) { start(event.target.files); } }));
  }
}());

// @ts-check
/* Checks an evidence pack: reads the zip itself, asks nobody for anything, and says each fault in words. Nothing here knows the page.
   What is checked stands in README.txt; verify.py checks the same, in the same order and in the same words, and shares no code. */
(function (root) {
  "use strict";

  const SIGNS = ["acknowledged", "on-behalf", "carried"];
  const OF_LINK = ["quiz", "quizzes", "issued", "expires", "key"];
  const SAME = ["policy", "revision", "digest"];
  const NOT_WRITTEN_SO = "this is not written as our program writes it: it was changed";
  const CHANGED_ZIP = "the zip is not as our program writes one: something was put in, hidden, renamed or packed again. Nothing in it was checked. If someone packed it again, check the folder that it unpacks to";
  const utf8 = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});
  const bytesOf = text => new TextEncoder().encode(text);
  const numbers = (one, other) => one - other;
  const factsOf = body => body && body.facts || {};
  const factOr = (facts, name) => Object.hasOwn(facts, name) ? facts[name] : null;

  /* The zip, in the one form in which packs are written */

  class ChangedZip extends Error {}

  function readZip(raw) {
    const bytes = raw instanceof Uint8Array ? raw : new Uint8Array(raw), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isLocal = place => place + 30 <= bytes.length && view.getUint32(place, true) === 0x04034b50;
    if (!holds(bytes, [0x50, 0x4b, 3, 4])) { throw new Error("this is no zip"); }
    const files = new Map();
    let place = 0;
    while (isLocal(place)) {
      const start = place + 30 + view.getUint16(place + 26, true), end = start + view.getUint32(place + 18, true);
      const name = String.fromCharCode(...bytes.subarray(place + 30, start));
      if (files.has(name)) { break; }
      files.set(name, bytes.subarray(start, end));
      place = end;
    }
    if (!sameBytes(writeZip(files), bytes)) { throw new ChangedZip(CHANGED_ZIP); }
    return files;
  }

  function holds(bytes, sign) {
    for (let place = bytes.indexOf(sign[0]); place >= 0; place = bytes.indexOf(sign[0], place + 1)) {
      if (sign.every((one, at) => bytes[place + at] === one)) { return true; }
    }
    return false;
  }

  const sameBytes = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

  /* The zip of these files, to hold the one that was read against it. */
  function writeZip(files) {
    const out = [], index = [];
    let place = 0, size = 0;
    files.forEach((data, name) => {
      const raw = Uint8Array.from(name, sign => sign.charCodeAt(0));
      const about = [[2, 20], [2, 0], [2, 0], [2, 0], [2, 0x21], [4, crcOf(data)], [4, data.length], [4, data.length], [2, raw.length], [2, 0]];
      out.push(packed([[4, 0x04034b50], ...about]), raw, data);
      index.push(packed([[4, 0x02014b50], [2, 0x314], ...about, [2, 0], [2, 0], [2, 0], [4, 0x81a40000], [4, place]]), raw);
      place += 30 + raw.length + data.length;
      size += 46 + raw.length;
    });
    const end = packed([[4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size], [4, place], [2, 0]]);
    return joined([...out, ...index, end]);
  }

  function packed(fields) {
    const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
    let place = 0;
    fields.forEach(([width, value]) => {
      for (let shift = 0; shift < width; shift += 1) { bytes[place + shift] = value >>> 8 * shift; }
      place += width;
    });
    return bytes;
  }

  function joined(parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    parts.forEach(part => { whole.set(part, place); place += part.length; });
    return whole;
  }

  const CRC = Uint32Array.from({length: 256}, (_, byte) => {
    for (let bit = 0; bit < 8; bit += 1) { byte = byte & 1 ? 0xedb88320 ^ byte >>> 1 : byte >>> 1; }
    return byte;
  });

  function crcOf(data) {
    let crc = 0xffffffff;
    for (let place = 0; place < data.length; place += 1) { crc = CRC[(crc ^ data[place]) & 255] ^ crc >>> 8; }
    return ~crc >>> 0;
  }

  /* Text and numbers, each in the one form in which a pack holds them (RFC 8785, and no fractions) */

  function canonical(value, depth = 0) {
    if (value === null || typeof value === "boolean") { return String(value); }
    if (Number.isSafeInteger(value)) { return String(value); }
    if (typeof value === "string" && !/[\ud800-\udfff]/u.test(value)) { return JSON.stringify(value); }
    if (Array.isArray(value) && depth < 32) { return `[${value.map(one => canonical(one, depth + 1)).join(",")}]`; }
    if (typeof value === "object" && !Array.isArray(value) && depth < 32) {
      return `{${Object.keys(value).sort().map(key => `${canonical(key)}:${canonical(value[key], depth + 1)}`).join(",")}}`;
    }
    throw new Error("this is nothing that a pack holds");
  }

  /* What is written so; null for any other way to write it: a key twice, a blank, 40.0, a byte order mark. */
  function readJson(data) {
    try {
      const text = typeof data === "string" ? data : utf8.decode(data), value = JSON.parse(text);
      return canonical(value) === text ? value : undefined;
    } catch (error) {
      return undefined;
    }
  }

  async function sha(data) {
    const digest = await crypto.subtle.digest("SHA-256", typeof data === "string" ? bytesOf(data) : data);
    return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("");
  }

  const base64 = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  /* base64url without padding; nothing where it is not that, or not the one form in which its bytes are written. */
  function unbase64(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) { return new Uint8Array(); }
    const raw = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
    return base64(raw) === text ? raw : new Uint8Array();
  }

  const decoded = payload => readJson(unbase64(payload));

  /* Whether 32 bytes are a point of the curve (RFC 8032, section 5.1.3), and not one of the eight with which anybody can sign */

  const P = 2n ** 255n - 19n;
  const modulo = number => (number % P + P) % P;
  /** @param {bigint} base @param {bigint} exponent */
  function power(base, exponent) {
    let result = 1n;
    for (base = modulo(base); exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) { result = result * base % P; }
      base = base * base % P;
    }
    return result;
  }
  const inverse = number => power(number, P - 2n);
  const D = modulo(-121665n * inverse(121666n));

  function wrongInKey(raw) {
    let y = 0n;
    for (let place = raw.length - 1; place >= 0; place -= 1) { y = y << 8n | BigInt(raw[place]); }
    const sign = y >> 255n;
    y &= 2n ** 255n - 1n;
    const square = modulo((y * y - 1n) * inverse(D * y * y + 1n)), half = power(square, (P - 1n) / 2n);
    if (raw.length !== 32 || y >= P || half === P - 1n || square === 0n && sign) { return "is no key"; }
    let x = power(square, (P + 3n) / 8n);
    if (modulo(x * x - square) !== 0n) { x = x * power(2n, (P - 1n) / 4n) % P; }
    for (let doubled = 0; doubled < 3; doubled += 1) {
      const both = D * x * x % P * y % P * y % P;
      [x, y] = [2n * x * y * inverse(1n + both), (y * y + x * x) * inverse(1n - both)].map(modulo);
    }
    return x === 0n && y === 1n ? "is a key with which anyone can sign" : "";
  }

  /* What each file may hold: functions that say whether a value is so */

  const like = pattern => value => typeof value === "string" && new RegExp(`^(?:${pattern})$`).test(value);
  const text = value => typeof value === "string";
  const count = value => Number.isSafeInteger(value) && value >= 0;
  const flag = value => typeof value === "boolean";
  const nothing = value => value === null;
  const anything = () => true;
  const either = (...shapes) => value => shapes.some(shape => shape(value));
  const listOf = shape => value => Array.isArray(value) && value.every(shape);
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
  const mapOf = (keys, values) => value => isObject(value) && Object.keys(value).every(key => keys(key) && values(value[key]));
  const object = (must, may = {}) => value => isObject(value)
    && Object.keys(must).every(key => Object.hasOwn(value, key))
    && Object.keys(value).every(key => Object.hasOwn(must, key) ? must[key](value[key]) : Object.hasOwn(may, key) && may[key](value[key]));

  const hash = like("[0-9a-f]{64}"), keyId = like("[0-9a-f]{12}"), signature = like("[A-Za-z0-9_-]{86}");
  const id = like("(?!(?:con|prn|aux|nul|(?:com|lpt)[0-9])$)[a-z0-9]+(?:-[a-z0-9]+)*");
  const day = like("[0-9]{4}-[0-9]{2}-[0-9]{2}"), moment = like("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  const checkpointName = like("checkpoints/[1-9][0-9]{0,8}\\.json"), redlineName = like("redlines/[a-z0-9-]+/[a-z0-9-]+_[a-z0-9-]+\\.pdf");
  const kind = like("issued|acknowledged|not-understood|duplicate|held|rejected|resolved|void|left|exempt|on-behalf|carried|replied|purged|checkpoint|key|people");
  const reason = like("another trust|another policy|after the day|names|the list of people");

  const isHead = object({before: hash, body: hash, number: count});
  const isBody = object({kind, at: moment}, {
    ref: text, person: text, trust: text, policy: text, revision: text, digest: text, campaign: text, received: text, channel: text,
    assurance: text, receipt: hash, says: text, by: text, about: count, facts: mapOf(text, anything)
  });
  const isEntry = either(object({head: isHead}), object({head: isHead, salt: like("[0-9a-f]{32}"), body: isBody}));
  const isTold = object({number: count, body: isBody});
  const isCheckpoint = object({checkpoint: object({number: count, hash, at: moment, key: keyId}), signature});
  const isManifest = object({
    manifest: object({
      format: like("clausebook-evidence-3"), trust: id, trust_name: text, policy: either(nothing, id), as_of: day, redacted: flag, entries: count,
      hash, checkpoint: either(nothing, object({number: count, hash})), left_out: mapOf(reason, count),
      revisions: listOf(object({policy: id, revision: id, title: text, digest: hash}, {academy: id})), redlines: listOf(redlineName), lacking: listOf(text),
      files: mapOf(text, hash), key: keyId
    }),
    signature
  });
  const areKeys = listOf(object({trust: id, id: keyId, public: like("[A-Za-z0-9_-]{43}"), first: day, last: either(nothing, day)}));
  const areStatements = listOf(object({policy: id, revision: id, statement: text, receipts: count}));
  const isMadeKey = object({id: keyId, public: text, first: text});
  const isPurge = object({people: count, entries: listOf(count)}, {kinds: listOf(kind), key: keyId, signature});
  const isLink = object({
    ref: text, trust: id, campaign: id, policies: listOf(object({policy: id, revision: id, digest: like("[0-9a-f]{16}"), since: text})), quiz: text,
    quizzes: text, due: day, issued: day, expires: day, key: keyId
  });
  const SIGNED = {policy: id, revision: id, digest: hash, shown: text, outcome: text, unclear: listOf(text), question: text};
  const SAYS = {trust: id, campaign: id, statement: text, name: text, opened: moment, signed: moment, checked: listOf(text)};
  const isReceipt = object({...SAYS, link: text, policies: listOf(object({...SIGNED, quiz: anything})), quiz: anything});
  const isReceiptTold = object({receipt: hash, says: object({...SAYS, policies: listOf(object(SIGNED)), ref: text})});
  const isReply = object({
    receipt: text, ref: text, trust: text, policy: text, revision: text, digest: text, received: text, entry: count, hash, at: moment, key: keyId
  });

  /* Checking */

  class Pack {
    constructor(files) {
      this.files = files;
      this.faults = [];
      this.manifest = null;
      this.keys = new Map();
      this.hashes = new Map();
      this.heads = new Map();
      this.bodies = new Map();
      this.bodiless = new Set();
      this.covered = 0;
      this.lines = new Map();
      this.told = new Map();
      this.redacted = new Map();
      this.names = new Map();
      this.noSignatures = false;
    }

    fault(what) { this.faults.push(what); }

    read(name, shape, instead) {
      if (!this.files.has(name)) { return instead; } // that it is missing is said once
      const value = readJson(this.files.get(name));
      if (value !== undefined && shape(value)) { return value; }
      this.fault(`${name}: ${NOT_WRITTEN_SO}`);
      return instead;
    }

    linesOf(name) {
      if (!this.files.has(name)) { return []; }
      let lines = [""];
      try { lines = utf8.decode(this.files.get(name)).split("\n"); } catch (error) { lines = ["", ""]; }
      if (lines.pop() === "" && !lines.includes("")) { return lines; }
      if (this.files.get(name).length) { this.fault(`${name}: ${NOT_WRITTEN_SO}`); }
      return [];
    }

    async check(say) {
      const whole = this.read("manifest.json", isManifest, null);
      if (!whole) {
        if (!this.faults.length) { this.fault("manifest.json: it is missing"); }
        return;
      }
      this.manifest = whole.manifest;
      this.noSignatures = !await canCheckSignatures();
      say("Checking the files…");
      await this.checkFiles();
      await this.checkKeys();
      await this.checkSignature(whole.signature);
      say("Checking the register…");
      await this.checkRegister();
      this.checkMadeKeys();
      await this.checkCheckpoints();
      await this.checkBodiless();
      await this.checkTexts();
      say("Checking the receipts…");
      await this.checkReceipts();
    }

    async checkFiles() {
      const told = new Map(Object.entries(this.manifest.files)), wanted = this.namesWanted();
      for (const name of Array.from(new Set([...wanted, ...told.keys(), ...this.files.keys()])).sort()) {
        if (!wanted.has(name)) {
          this.fault(`${name}: it does not belong to the pack`);
        } else if (!this.files.has(name)) {
          this.fault(`${name}: it is missing`);
        } else if (name !== "manifest.json" && await sha(this.files.get(name)) !== told.get(name)) {
          this.fault(`${name}: it was changed or damaged since the pack was made`);
        }
      }
    }

    namesWanted() {
      const revisions = this.manifest.revisions, policies = revisions.map(one => one.policy);
      return new Set([
        "README.txt", "verify.html", "verify.py", "register.jsonl", "statements.json", "keys.json", "manifest.json",
        ...this.manifest.redacted ? ["redacted.jsonl", "receipts-left-out.txt"] : ["receipts.txt", "receipts-told.jsonl"],
        ...revisions.map(one => `texts/${textName(one)}.json`),
        ...revisions.map(one => `policies/${textName(one)}.pdf`),
        ...this.manifest.redlines.filter(one => policies.includes(one.split("/")[1])),
        ...Array.from(this.files.keys()).filter(checkpointName)
      ]);
    }

    async checkKeys() {
      for (const key of this.read("keys.json", areKeys, [])) {
        const raw = unbase64(key.public), wrong = wrongInKey(raw);
        if ((await sha(raw)).slice(0, 12) !== key.id) {
          this.fault(`keys.json: key ${key.id} does not fit its id`);
        } else if (wrong) {
          this.fault(`keys.json: ${key.id} ${wrong}`);
        } else if (this.keys.has(key.id)) {
          this.fault(`keys.json: key ${key.id} is there twice`);
        } else {
          this.keys.set(key.id, {...key, fingerprint: await sha(raw), opens: this.noSignatures ? null : await opened(raw)});
        }
      }
    }

    async checkSignature(signed) {
      const key = this.manifest.key, found = this.keys.get(key);
      if (!found || found.trust !== this.manifest.trust) {
        this.fault(`manifest.json: the pack names the key ${key}, which is no key of ${this.manifest.trust} in keys.json`);
      } else if (!await this.isSigned(key, canonical(this.manifest), signed)) {
        this.fault("manifest.json: the signature of the pack does not fit: something in it was changed after HR signed it");
      }
    }

    async isSigned(key, message, signed) {
      if (!this.keys.has(key)) { return false; }
      return this.noSignatures || isSignedWith(this.keys.get(key).opens, message, signed);
    }

    async checkRegister() {
      let before = "0".repeat(64), number = 0, place = 0;
      for (const line of this.linesOf("register.jsonl")) {
        const at = `register.jsonl, line ${place += 1}: `, entry = readJson(line);
        if (entry === undefined || !isEntry(entry)) {
          this.fault(at + NOT_WRITTEN_SO);
          continue;
        }
        const head = entry.head;
        if (head.number !== number + 1) {
          this.fault(`${at}entry ${head.number} is where entry ${number + 1} should: one was cut out, put in or moved`);
        } else if (head.before !== before) {
          this.fault(`${at}entry ${head.number} does not follow from the one before it: one of the two was changed`);
        }
        number = head.number;
        before = await sha(canonical(head));
        this.heads.set(number, head);
        this.hashes.set(number, before);
        if (!entry.body) {
          this.bodiless.add(number);
        } else if (await sha(entry.salt + canonical(entry.body)) !== head.body) {
          this.fault(`${at}entry ${number} does not say what it said when it was written`);
        } else {
          this.bodies.set(number, entry.body);
        }
      }
      if (number !== this.manifest.entries || before !== this.manifest.hash) {
        this.fault(`register.jsonl ends with entry ${number}, and the manifest knows entry ${this.manifest.entries}: its end was changed or cut off`);
      }
    }

    checkMadeKeys() {
      const made = new Set();
      for (const [number, body] of this.ofKind("key")) {
        const facts = factsOf(body), known = isMadeKey(facts) && this.keys.get(facts.id);
        if (known && known.public === facts.public) {
          made.add(facts.id);
        } else {
          this.fault(`keys.json: entry ${number} made a key, and it is not there, or another one is`);
        }
      }
      Array.from(this.keys.keys()).filter(key => !made.has(key)).sort().forEach(key => this.fault(`keys.json: no entry of the register made the key ${key}`));
    }

    ofKind(wanted) { return Array.from(this.bodies).filter(([, body]) => body.kind === wanted); }

    async checkCheckpoints() {
      const noted = new Set(this.ofKind("checkpoint").map(([, body]) => body.about || 0));
      let newest = null;
      for (const name of Array.from(this.files.keys()).filter(checkpointName).sort()) {
        const one = this.read(name, isCheckpoint, null);
        if (!one) { continue; }
        const told = one.checkpoint, number = told.number, wrong = this.faults.length;
        if (name !== `checkpoints/${number}.json`) { this.fault(`${name}: this is the checkpoint of entry ${number}: it was renamed, or copied`); }
        if (!await this.isSigned(told.key, canonical(told), one.signature)) { this.fault(`${name}: its signature does not fit: it was changed, or forged`); }
        if (this.hashes.get(number) !== told.hash) {
          this.fault(`${name}: entry ${number} is not the one that was signed on ${told.at}: it, or one before it, was written anew or cut off`);
        }
        if (this.faults.length > wrong) { continue; }
        noted.delete(number);
        if (number > this.covered) {
          this.covered = number;
          newest = {number, hash: told.hash};
        }
      }
      Array.from(noted).sort(numbers).forEach(number => {
        this.fault(`checkpoints/${number}.json: the register says that it was made, and it is missing or does not hold`);
      });
      if (canonical(newest) !== canonical(this.manifest.checkpoint)) {
        this.fault("manifest.json: the newest checkpoint that it knows is not the newest that holds");
      }
    }

    async checkBodiless() {
      const silent = new Set(this.bodiless);
      for (const [number, body] of this.ofKind("purged")) {
        const wrong = await this.wrongInPurge(number, body);
        if (wrong) {
          this.fault(`entry ${number}: it says that entries were purged, and ${wrong}`);
        } else {
          body.facts.entries.forEach(one => silent.delete(one));
        }
      }
      const leftOut = Object.values(this.manifest.left_out).reduce((sum, one) => sum + one, 0);
      if (silent.size !== leftOut) {
        this.fault(`register.jsonl: ${silent.size} entries say nothing and were not purged, and the manifest knows ${leftOut}`);
      }
    }

    async wrongInPurge(number, body) {
      const facts = factsOf(body);
      if (!isPurge(facts) || !facts.entries.every(one => one > 0 && one < number)) { return "not as our program writes it"; }
      if (!("signature" in facts)) { return number <= this.covered ? "" : "no one signed it"; }
      const {signature: signed, ...told} = facts;
      const message = canonical({before: this.heads.get(number).before, body: {...body, facts: told}});
      if (!await this.isSigned(facts.key || "", message, signed)) { return "its signature does not fit"; }
      return body.by && body.says && (facts.kinds || []).length === facts.entries.length ? "" : "not who, why or what";
    }

    textOf(one) { return this.files.get(`texts/${textName(one)}.json`) || new Uint8Array(); }

    async checkTexts() {
      const told = new Set(this.manifest.revisions.map(one => `${one.policy} ${one.revision} ${one.digest}`));
      for (const one of this.manifest.revisions) {
        if (await sha(this.textOf(one)) !== one.digest) {
          this.fault(`texts/${textName(one)}.json: this is not the text with the digest of ${one.policy} ${one.revision}`);
        }
      }
      for (const [number, body] of this.bodies) {
        const name = `${body.policy || ""} ${body.revision || ""}`;
        if (SIGNS.includes(body.kind) && !told.has(`${name} ${body.digest || ""}`)) {
          this.fault(`entry ${number} acknowledges ${name}, and its text is not in the pack: its digest is ${body.digest || ""}`);
        }
      }
    }

    async checkReceipts() {
      for (const line of this.linesOf("receipts.txt")) { this.lines.set(await sha(line), line); }
      this.issued = new Map();
      for (const [, body] of this.ofKind("issued")) { this.issued.set(body.ref || "", [...this.issued.get(body.ref || "") || [], body]); }
      this.statements = new Set(this.read("statements.json", areStatements, []).map(one => statementKey(one, one.statement)));
      this.readTold();
      const named = new Set();
      for (const [number, body] of this.bodies) {
        named.add(body.receipt || "");
        for (const what of await this.wrongInEntry(number, body)) { this.fault(`entry ${number}: ${what}`); }
      }
      Array.from(new Set([...this.lines.keys(), ...this.told.keys()])).filter(one => !named.has(one)).sort().forEach(one => this.fault(`no entry names the receipt ${one}`));
    }

    readTold() {
      for (const [, one] of this.eachLine("receipts-told.jsonl", isReceiptTold)) { this.told.set(one.receipt, one.says); }
      for (const [place, one] of this.eachLine("redacted.jsonl", isTold)) {
        if (this.bodiless.has(one.number)) {
          this.redacted.set(one.number, one.body);
        } else {
          this.fault(`redacted.jsonl, line ${place}: entry ${one.number} is not one that was left out`);
        }
      }
      if (!this.linesOf("receipts-left-out.txt").every(hash)) { this.fault(`receipts-left-out.txt: ${NOT_WRITTEN_SO}`); }
    }

    * eachLine(name, shape) {
      let place = 0;
      for (const line of this.linesOf(name)) {
        const value = readJson(line);
        place += 1;
        if (value !== undefined && shape(value)) {
          yield [place, value];
        } else {
          this.fault(`${name}, line ${place}: ${NOT_WRITTEN_SO}`);
        }
      }
    }

    async wrongInEntry(number, body) {
      if (body.kind === "replied") { return await this.isReplyGood(factsOf(body).line) ? [] : ["the reply that it names was changed, or the entry that it replies to was"]; }
      if (!["acknowledged", "not-understood"].includes(body.kind)) { return []; }
      const receipt = body.receipt || "";
      if (this.lines.has(receipt)) { return this.wrongInLine(number, this.lines.get(receipt), body); }
      if (this.told.has(receipt)) {
        this.names.set(number, this.told.get(receipt).name);
        return this.wrongInSays(this.told.get(receipt), body);
      }
      if (!receipt) { return ["it acknowledges without a receipt"]; }
      return this.manifest.redacted || body.channel === "scan" ? [] : [`its receipt is missing: ${receipt}`];
    }

    async wrongInLine(number, line, body) {
      if (line.startsWith("{")) { return []; }
      const shape = /^ackr2\.([A-Za-z0-9_-]+)\.([0-9a-f]{16})$/.exec(line);
      if (!shape || (await sha(`ackr2.${shape[1]}`)).slice(0, 16) !== shape[2]) { return ["the check of its receipt does not fit: it was changed"]; }
      const says = decoded(shape[1]);
      if (says === undefined || !isReceipt(says)) { return ["its receipt is not written as the page writes it"]; }
      this.names.set(number, says.name);
      const wrong = this.wrongInSays(says, body);
      return body.by ? wrong : wrong.concat(await this.wrongInLink(says.link, body));
    }

    wrongInSays(says, body) {
      const part = says.policies.find(one => one.policy === body.policy), wrong = [];
      if (!part) { return ["its receipt is for something else than the entry says"]; }
      if (part.outcome !== body.kind) { wrong.push(`its receipt says something else than ${body.kind}`); }
      if (part.outcome === "acknowledged" && !this.statements.has(statementKey(body, says.statement))) { wrong.push("the statement that was ticked is not among statements.json"); }
      if (body.by) { return wrong; }
      const same = says.trust === body.trust && SAME.every(name => part[name] === (body[name] || ""));
      if (!same || ("ref" in says && says.ref !== body.ref)) { wrong.push("its receipt is for something else than the entry says"); }
      if ("ref" in says && this.issuedTo(says.ref) !== body.person) { wrong.push("no entry issued this link to this person"); }
      return wrong;
    }

    issuedTo(ref) { return (this.issued.get(ref) || []).map(body => body.person || "")[0] || ""; }

    async wrongInLink(line, body) {
      const link = await this.linkOf(line);
      if (!link) { return ["its receipt holds no link that a key of keys.json signed"]; }
      const wrong = [], key = this.keys.get(link.key), asked = link.policies.find(one => one.policy === body.policy);
      const same = asked && asked.revision === body.revision && asked.digest === (body.digest || "").slice(0, 16);
      if (!same || link.ref !== body.ref || link.trust !== body.trust) { wrong.push("the link in its receipt is for something else than the entry says"); }
      if (this.issuedTo(link.ref) !== body.person) { wrong.push("no entry issued this link to this person"); }
      if (link.issued < key.first || link.issued > (key.last || "9999")) {
        wrong.push(`its link was issued on ${link.issued}, when key ${link.key} was not in use`);
      }
      return wrong;
    }

    /* What the link says that a receipt names, where HR's key signed it; null for any other. */
    async linkOf(line) {
      const shape = /^r1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/.exec(line);
      if (!shape) { return null; }
      const payload = this.payloadIssued(shape[1]), link = decoded(payload);
      const fits = link !== undefined && isLink(link) && await this.isSigned(link.key, `a2.${payload}`, shape[2]);
      return fits ? link : null;
    }

    /* The payload of the link with that reference, written again from the entries that issued it, one for each policy. */
    payloadIssued(ref) {
      const issued = this.issued.get(ref) || [], facts = issued.map(factsOf), first = issued[0] || {}, said = facts[0] || {};
      const link = {ref, trust: first.trust || null, campaign: first.campaign || null, due: facts.map(one => String(one.due)).sort()[0] || ""};
      link.policies = issued.map((body, place) => ({
        policy: body.policy || null, revision: body.revision || null, digest: (body.digest || "").slice(0, 16), since: factOr(facts[place], "since")
      }));
      OF_LINK.forEach(name => { link[name] = factOr(said, name); });
      return base64(bytesOf(canonical(link)));
    }

    async isReplyGood(line) {
      const shape = typeof line === "string" && /^ackc1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/.exec(line), says = shape ? decoded(shape[1]) : undefined;
      return says !== undefined && isReply(says) && await this.isSigned(says.key, `ackc1.${shape[1]}`, shape[2]) && this.hashes.get(says.entry) === says.hash;
    }

    /* The entries after the newest checkpoint that holds; the one that notes it says nothing of its own. */
    unproven() {
      const notes = this.bodies.get(this.covered + 1) || {};
      const isNote = notes.kind === "checkpoint" && notes.about === this.covered;
      return Array.from(this.hashes.keys()).filter(one => one > this.covered && !(isNote && one === this.covered + 1)).sort(numbers);
    }
  }

  /* Where a text stands: an academy's by its digest too, because it may have had several of one revision. */
  const textName = one => `${one.policy}/${one.revision}${one.academy ? `-${one.academy}-${one.digest.slice(0, 12)}` : ""}`;
  const statementKey = (one, statement) => JSON.stringify([one.policy, one.revision, statement]);

  /* Ed25519, which not every browser has */

  const opened = raw => crypto.subtle.importKey("raw", raw, {name: "Ed25519"}, false, ["verify"]);

  async function isSignedWith(key, message, signed) {
    try {
      return await crypto.subtle.verify({name: "Ed25519"}, key, unbase64(signed), bytesOf(message));
    } catch (error) {
      return false;
    }
  }

  /* By a signature that is good (RFC 8032, section 7.1, the second) and by one that is not. */
  async function canCheckSignatures() {
    const key = "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", good = "kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA";
    try {
      const imported = await opened(unbase64(key));
      return await isSignedWith(imported, "r", good) && !await isSignedWith(imported, "s", good);
    } catch (error) {
      return false;
    }
  }

  root.evidencePack = {Pack, ChangedZip, SIGNS, readZip, readJson};
}(globalThis));

// @ts-check
/* The lines that people pass on: a receipt (ackr2.…), a completion slip (quiz1.…), and HR's personal link (a2.…).
   generator/clausebook/acknowledgements/signing and generator/clausebook/quizzes/slips.py read and write the same lines.
   SHA-256 is written out (FIPS 180-4), because a browser has none of its own on a plain-HTTP intranet. */
const clausebookCodec = (() => {
  "use strict";

  const UNSEEN = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;

  /** The first fractional bits of the roots of the first primes. @param {number} count @param {number} power */
  function primeRoots(count, power) {
    const found = [];
    for (let number = 2; found.length < count; number += 1) {
      let prime = true;
      for (let divisor = 2; divisor * divisor <= number; divisor += 1) { if (number % divisor === 0) { prime = false; } }
      if (prime) {
        const root = number ** power;
        found.push(((root - Math.floor(root)) * 4294967296) | 0);
      }
    }
    return found;
  }

  const ROUND = primeRoots(64, 1 / 3);
  const START = primeRoots(8, 1 / 2);

  /** @param {number} word @param {number} by */
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  /** @param {number[]} bytes @param {number} block */
  function scheduleOf(bytes, block) {
    /** @type {number[]} */
    const words = [];
    for (let i = 0; i < 16; i += 1) {
      const at = block + i * 4;
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const older = words[i - 15], newer = words[i - 2];
      const small0 = turn(older, 7) ^ turn(older, 18) ^ (older >>> 3);
      const small1 = turn(newer, 17) ^ turn(newer, 19) ^ (newer >>> 10);
      words[i] = (words[i - 16] + small0 + words[i - 7] + small1) | 0;
    }
    return words;
  }

  /** The eight words of 32 bits of a text's SHA-256. @param {string} text @returns {number[]} */
  function sha256(text) {
    const bytes = Array.from(new TextEncoder().encode(text));
    const length = bytes.length;
    bytes.push(128);
    while (bytes.length % 64 !== 56) { bytes.push(0); }
    for (let shift = 56; shift >= 0; shift -= 8) { bytes.push(Math.floor(length * 8 / 2 ** shift) & 255); }
    let state = START.slice();
    for (let block = 0; block < bytes.length; block += 64) {
      const words = scheduleOf(bytes, block);
      let [a, b, c, d, e, f, g, h] = state;
      for (let j = 0; j < 64; j += 1) {
        const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[j] + words[j]) | 0;
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
      }
      state = [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
    }
    return state.map(word => word >>> 0);
  }

  /** A text's SHA-256 in hexadecimal. @param {string} text */
  const digest = text => sha256(text).map(word => word.toString(16).padStart(8, "0")).join("");

  /** RFC 8785 for what a receipt holds: objects, lists, texts, whole numbers, null. @param {any} value @returns {string} */
  function canonical(value) {
    if (Array.isArray(value)) { return `[${value.map(canonical).join(",")}]`; }
    if (value === null || typeof value !== "object") { return JSON.stringify(value); }
    return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }

  /** base64url without padding (RFC 4648, section 5) of a text in UTF-8. @param {string} text */
  function encode(text) {
    let bytes = "";
    new TextEncoder().encode(text).forEach(byte => { bytes += String.fromCharCode(byte); });
    return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /** The bytes that base64url stands for; throws where it is none. @param {string} text */
  const bytesOf = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));

  /** What the JSON says that base64url stands for; throws where it is none. @param {string} text @returns {any} */
  const decode = text => JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytesOf(text)));

  /** The line of a receipt, with its check at its end. @param {Record<string, unknown>} says */
  function receiptLine(says) {
    const begun = `ackr2.${encode(canonical(says))}`;
    return `${begun}.${digest(begun).slice(0, 16)}`;
  }

  /** The line of a completion slip. @param {Record<string, unknown>} says */
  const slipLine = says => `quiz1.${encode(JSON.stringify(says))}`;

  /** What the slip says that stands in a pasted text, whatever was copied along with it; null where none can be read. @param {string} text */
  function readSlip(text) {
    const shape = /quiz1\.([A-Za-z0-9_-]+)/.exec(text.replace(UNSEEN, ""));
    try { return shape && decode(shape[1]); } catch (error) { return null; }
  }

  /** What a personal link says, with what was signed and the signature; null where it is damaged. @param {string} line */
  function readLink(line) {
    const shape = /^a2\.([A-Za-z0-9_-]{1,2000})\.([A-Za-z0-9_-]{86})$/.exec(line);
    if (!shape) { return null; }
    try {
      const says = decode(shape[1]);
      return says && typeof says.ref === "string" && Array.isArray(says.policies) && says.policies.length ? {says, signed: `a2.${shape[1]}`, signature: shape[2]} : null;
    } catch (error) { return null; }
  }

  /** A text as it is often sent on: with escapes of an address, more than once. @param {string} text */
  function unescaped(text) {
    for (let times = 0; times < 3; times += 1) {
      try {
        const plain = decodeURIComponent(text);
        if (plain === text) { break; }
        text = plain;
      } catch (error) { break; }
    }
    return text;
  }

  /**
   * The link in the fragment of an address as HR wrote it, where all of it is there: its signature has 86 signs, and what follows them is
   * not part of it. What begins like a link and is none is given back as it is; null where nothing begins so.
   * @param {string} fragment
   */
  function linkIn(fragment) {
    const text = unescaped(fragment).replace(UNSEEN, "");
    const whole = /a2\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{86}/.exec(text);
    if (whole) { return {text: whole[0], whole: true}; }
    return /^[^A-Za-z0-9]*a2\./.test(text) ? {text, whole: false} : null;
  }

  return {sha256, digest, canonical, encode, bytesOf, decode, receiptLine, slipLine, readSlip, readLink, linkIn};
})();

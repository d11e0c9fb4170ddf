// Checks an edition's files in the reader's own browser: nothing leaves the machine, nothing is asked of a server.
"use strict";
(() => {
  const MAGIC = "SSHSIG";
  const NAMESPACE = document.querySelector("main").dataset.namespace;
  const findings = document.querySelector("#findings");
  const say = (verdict, zh, en) => {
    const line = document.createElement("li");
    line.className = verdict;
    for (const [language, text] of [["zh", zh], ["en", en]]) {
      const part = document.createElement("span");
      part.className = language;
      part.textContent = text;
      line.append(part);
    }
    findings.append(line);
  };
  const holds = (zh, en) => say("holds", `✓ ${zh}`, `✓ ${en}`);
  const fails = (zh, en) => say("fails", `✗ ${zh}`, `✗ ${en}`);
  const notes = (zh, en) => say("notes", zh, en);

  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const inGroups = (digest) => digest.match(/.{4}/g).join(" ");
  const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

  // PROTOCOL.sshsig of OpenSSH: strings, each behind its length in four bytes.
  const stringsOf = (blob) => {
    const strings = [];
    const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    for (let at = 0; at < blob.length;) {
      const length = view.getUint32(at);
      if (at + 4 + length > blob.length) throw new Error("truncated");
      strings.push(blob.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    return strings;
  };
  const text = (bytes) => new TextDecoder().decode(bytes);
  const string = (bytes) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return [...length, ...bytes];
  };
  const parsed = (armored) => {
    const inner = armored.replace(/-----(BEGIN|END) SSH SIGNATURE-----/g, "").replace(/\s/g, "");
    const blob = Uint8Array.from(atob(inner), (letter) => letter.charCodeAt(0));
    if (text(blob.subarray(0, MAGIC.length)) !== MAGIC) throw new Error("no signature");
    const [key, namespace, , hash, signature] = stringsOf(blob.subarray(MAGIC.length + 4));
    return { key, namespace: text(namespace), hash: text(hash), raw: stringsOf(signature)[1] };
  };

  const checkSignature = async (file, manifest) => {
    let signature;
    try {
      signature = parsed(text(file.bytes));
    } catch {
      fails(`${file.name}：不是签名，或已损坏`, `${file.name}: no signature, or damaged`);
      return;
    }
    const name = { sha256: "SHA-256", sha512: "SHA-512" }[signature.hash];
    const [kind, raw] = stringsOf(signature.key);
    const fingerprint = `SHA256:${base64(await crypto.subtle.digest("SHA-256", signature.key)).replace(/=+$/, "")}`;
    if (!name || text(kind) !== "ssh-ed25519" || signature.namespace !== NAMESPACE) {
      fails(`${file.name}：不是本系统的签名`, `${file.name}: not a signature of an edition`);
      return;
    }
    const digest = new Uint8Array(await crypto.subtle.digest(name, manifest.bytes));
    const encoder = new TextEncoder();
    const signed = Uint8Array.from([
      ...encoder.encode(MAGIC), ...string(encoder.encode(NAMESPACE)), ...string([]),
      ...string(encoder.encode(signature.hash)), ...string(digest),
    ]);
    let isWhole;
    try {
      const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
      isWhole = await crypto.subtle.verify({ name: "Ed25519" }, key, signature.raw, signed);
    } catch {
      notes(`${file.name}：此浏览器不能核对签名，请用 ssh-keygen（见下）`, `${file.name}: this browser cannot check signatures; use ssh-keygen (below)`);
      return;
    }
    if (isWhole) {
      holds(
        `${file.name} 是该清单的签名，密钥指纹 ${fingerprint}：请与公布的指纹（ssh-keygen -lf）核对`,
        `${file.name} signs this manifest with the key ${fingerprint}: compare it with the published one (ssh-keygen -lf)`,
      );
    } else {
      fails(`${file.name} 不是该清单的签名`, `${file.name} is not a signature of this manifest`);
    }
  };

  const checkListed = (file, facts) => {
    const names = Object.keys(facts.files).filter((name) => name === file.path || name.split("/").pop() === file.name);
    const name = names.find((one) => facts.files[one].sha256 === file.digest);
    if (name) {
      holds(`${name}：与清单一致，未被改动`, `${name}: as the manifest has it, unaltered`);
    } else if (names.length) {
      fails(`${file.name}：与清单不一致，已被改动`, `${file.name}: not as the manifest has it: altered`);
    } else {
      fails(`${file.name}：清单中没有这个文件`, `${file.name}: the manifest has no such file`);
    }
  };

  const checkLinks = (manifests) => {
    for (const { facts } of manifests) {
      const before = facts.previous;
      const found = before && manifests.find((other) => other.digest === before.manifest_sha256);
      if (found) {
        holds(
          `${facts.period}/r${facts.revision} 的上一次发布正是 ${before.edition}：链条完整`,
          `${facts.period}/r${facts.revision} follows ${before.edition}: the chain holds`,
        );
      }
    }
  };

  const expected = () => document.querySelector("#expected").value.toLowerCase().replace(/[^0-9a-f]/g, "");
  const checkHead = (manifest) => {
    const { facts, digest } = manifest;
    notes(
      `${facts.period}/r${facts.revision}，${facts.published_at} 发布。清单的 SHA-256：${inGroups(digest)}`,
      `${facts.period}/r${facts.revision}, published ${facts.published_at}. SHA-256 of the manifest: ${inGroups(digest)}`,
    );
    const wanted = expected();
    if (!wanted) return;
    if (wanted.length >= 16 && digest.startsWith(wanted)) {
      holds("与纸上的哈希一致", "the same hash as on paper");
    } else {
      fails("与纸上的哈希不一致（至少要 16 位）", "not the hash on paper (16 digits at least)");
    }
  };

  const parsedManifest = (file) => {
    try {
      const facts = JSON.parse(text(file.bytes));
      return facts.files && facts.period ? facts : null;
    } catch {
      return null;
    }
  };

  let dropped = [];
  const check = async () => {
    findings.replaceChildren();
    const manifests = dropped.map((file) => ({ ...file, facts: parsedManifest(file) })).filter((one) => one.facts);
    if (!manifests.length) {
      fails("请先放入 manifest.json", "drop manifest.json first");
      return;
    }
    const newest = manifests.reduce((a, b) => (a.facts.published_at > b.facts.published_at ? a : b));
    checkHead(newest);
    checkLinks(manifests);
    for (const file of dropped) {
      if (manifests.some((one) => one.digest === file.digest)) continue;
      if (file.name.endsWith(".sig")) await checkSignature(file, newest);
      else checkListed(file, newest.facts);
    }
  };
  const take = async (files) => {
    for (const file of files) {
      const bytes = await file.arrayBuffer();
      const path = file.webkitRelativePath.split("/").slice(1).join("/");
      dropped.push({ name: file.name, path, bytes: new Uint8Array(bytes), digest: await sha256(bytes) });
    }
    await check();
  };

  const zone = document.querySelector("#zone");
  const input = zone.querySelector("input");
  input.addEventListener("change", () => take(input.files));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
  document.querySelector("#expected").addEventListener("input", check);
  document.querySelector("#again").addEventListener("click", () => { dropped = []; input.value = ""; findings.replaceChildren(); });
})();

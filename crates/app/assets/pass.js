// Passkeys: asks the device for a new key, or who is there. The forms stand hidden until there is a device to ask.
// Never: keeps anything; sends what the device did not sign.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const able = window.isSecureContext && Boolean(window.PublicKeyCredential && navigator.credentials);
for (const form of document.querySelectorAll('form[data-mend="passkey"]')) if (able) wire(form);

function wire(form) {
  const button = form.querySelector("button");
  form.hidden = false;
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(form, form.dataset.busy);
    try {
      const { ticket, options } = await post(form.dataset.start, {});
      const answer = await (form.dataset.kind === "new" ? make(options.publicKey) : use(options.publicKey));
      const { next } = await post(form.getAttribute("action"), { ticket, answer });
      location.assign(new URL(next, location.href));
    } catch (trouble) {
      // A device that was told to stop says so with a name of its own; then nothing needs to be said.
      say(form, trouble.name === "NotAllowedError" ? "" : (trouble.say ?? form.dataset[trouble.message] ?? form.dataset.wrong));
      button.disabled = false;
    }
  });
}

async function make(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) })),
    // So that it can open sealed writing too, if its owner lets it one day. Asking later is too late on most devices.
    extensions: { ...options.extensions, prf: {} },
  };
  const made = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = made.response;
  return signed(made, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) });
}

async function use(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
  const used = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = used.response;
  return signed(used, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  });
}

const signed = (credential, response) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  extensions: {},
  response,
});

function say(form, what) {
  form.querySelector("[data-say]").textContent = what ?? "";
}

async function post(address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", redirect: "error" };
  const answer = await fetch(address, sent).catch(() => Promise.reject(new Error("offline")));
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  throw Object.assign(new Error("wrong"), { say: said?.say });
}

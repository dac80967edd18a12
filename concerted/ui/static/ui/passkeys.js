// Passkeys: the one thing here that needs a script, since only the browser can ask the device.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const ask = {
  async create({ publicKey }) {
    const made = await navigator.credentials.create({ publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
    } });
    return { ...head(made), response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    } };
  },
  async get({ publicKey }) {
    const used = await navigator.credentials.get({ publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: named(publicKey.allowCredentials),
    } });
    const { response } = used;
    return { ...head(used), response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    } };
  },
};
const head = (one) => ({
  type: one.type, id: one.id, rawId: text(one.rawId),
  clientExtensionResults: one.getClientExtensionResults(),
});

if (window.PublicKeyCredential) {
  for (const none of document.querySelectorAll("[data-passkey-none]")) none.hidden = true;
  for (const place of document.querySelectorAll("[data-passkey]")) {
    place.hidden = false;
    const form = place.querySelector("form");
    const said = place.querySelector("[data-passkey-said]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      try {
        const { fetch: address, options } = place.dataset;
        const given = address
          ? (await (await fetch(address, { headers: { Accept: "application/json" } })).json()).options
          : JSON.parse(options);
        form.elements.credential.value = JSON.stringify(await ask[place.dataset.passkey](given));
        form.submit();
      } catch {
        said.textContent = "That did not work, or was broken off. You can try again.";
      }
    });
  }
}

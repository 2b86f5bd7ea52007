// Passkeys: what only a browser can do. Without this, codes by mail go on working.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

// Ask the browser for a new passkey, with the server's options; what the server wants to know.
async function make({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return {
    ...same(made),
    response: { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) },
  };
}

// Ask the browser to sign the server's question with a passkey.
async function sign({ publicKey }) {
  const signed = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: named(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response;
  return {
    ...same(signed),
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  };
}

const same = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
});

async function asked(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  const given = await answer.json();
  if (!answer.ok) throw new Error(given.told);
  if (given.location) {
    // Logged in already, in another tab.
    location.assign(given.location);
    return null;
  }
  form.elements.csrfmiddlewaretoken.value = given.csrf;
  return sign(given.options);
}

const ways = {
  login: asked,
  add: () => make(JSON.parse(document.getElementById("passkey-options").textContent)),
};

// A browser says little of why: the person closed its window, or waited too long.
const told = (error) => (error.name === "Error" ? error.message
  : error.name === "InvalidStateError" ? "This device holds a passkey for you already."
    : "No passkey was used. You can try again.");

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button");
  const place = form.querySelector("[data-told]");
  if (!window.PublicKeyCredential) {
    button.disabled = true;
    place.textContent = "This browser cannot use passkeys here.";
    continue;
  }
  form.closest("section").hidden = false;
  const go = async (event) => {
    event.preventDefault();
    place.textContent = "";
    button.disabled = true;
    try {
      const credential = await ways[form.dataset.passkey](form);
      if (credential) {
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      }
    } catch (error) {
      place.textContent = told(error);
    }
    button.disabled = false;
  };
  button.addEventListener("click", go);
  // Enter in the field for the name does the same.
  form.addEventListener("submit", go);
}

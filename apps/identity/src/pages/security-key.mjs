// The one module that runs in the browser: asks the authenticator what the server wants to know and posts its answer with
// the form that it stands in. It decides nothing, and shows no words but those that the form brings along.
const form = document.querySelector('form[data-ceremony]');
if (form) start(form);

function start(form) {
  const words = JSON.parse(form.dataset.words);
  const button = form.querySelector('button');
  const supported = 'credentials' in navigator && 'PublicKeyCredential' in window;
  if (!supported) {
    say(words.unsupported);
    button.disabled = true;
    return;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(true);
  });
  if ('auto' in form.dataset) ask(false);

  // What fails by itself stays quiet: the button is there.
  async function ask(aloud) {
    if (button.disabled) return;
    button.disabled = true;
    try {
      const response = await fetch(form.dataset.begin, { method: 'POST', redirect: 'error' });
      if (response.status === 429) throw new DOMException('asked too often', 'QuotaExceededError');
      if (!response.ok) throw new Error('the server did not ask');
      const { ceremony, options } = await response.json();
      const credential = await (form.dataset.ceremony === 'create' ? create(options) : get(options));
      form.elements.ceremony.value = ceremony;
      form.elements.response.value = JSON.stringify(credential);
      form.submit();
    } catch (cause) {
      button.disabled = false;
      const told = { InvalidStateError: words.known, NotAllowedError: words.stopped, QuotaExceededError: words.busy };
      if (aloud) say(told[cause.name] ?? words.failed);
    }
  }

  function say(text) {
    form.querySelector('.notice')?.remove();
    const notice = document.createElement('div');
    notice.className = 'notice notice-danger';
    notice.setAttribute('role', 'alert');
    notice.append(Object.assign(document.createElement('div'), { textContent: text }));
    form.prepend(notice);
  }
}

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(withBytes),
  };
  const credential = await navigator.credentials.create({ publicKey });
  return jsonOf(credential, {
    attestationObject: textOf(credential.response.attestationObject),
    transports: credential.response.getTransports?.() ?? [],
  });
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: options.allowCredentials.map(withBytes),
  };
  const credential = await navigator.credentials.get({ publicKey });
  const { authenticatorData, signature, userHandle } = credential.response;
  return jsonOf(credential, {
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  });
}

function jsonOf(credential, response) {
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: textOf(credential.response.clientDataJSON), ...response },
  };
}

function withBytes(descriptor) {
  return { ...descriptor, id: bytesOf(descriptor.id) };
}

function bytesOf(base64url) {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

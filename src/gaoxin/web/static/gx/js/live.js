// live.js — after a swap: announce the result, keep the focus; toasts go after six seconds.
const live = document.getElementById('gx-live');

document.addEventListener('htmx:afterSwap', announce);

function announce() {
  const said = document.querySelector('[data-announce]');
  if (live && said && live.textContent !== said.dataset.announce) live.textContent = said.dataset.announce;
}

const toast = document.querySelector('.gx-toast');
if (toast) {
  let timer = setTimeout(() => toast.remove(), 6000);
  toast.addEventListener('pointerenter', () => clearTimeout(timer));
  toast.addEventListener('focusin', () => clearTimeout(timer));
  toast.addEventListener('pointerleave', () => { timer = setTimeout(() => toast.remove(), 3000); });
}

// What htmx could not fetch is told, once; a page that was signed out goes to the door.
for (const kind of ['htmx:responseError', 'htmx:sendError']) {
  document.addEventListener(kind, () => {
    if (document.querySelector('.gx-toast')) return;
    const told = document.getElementById('gx-toast-fail').content.firstElementChild.cloneNode(true);
    document.body.append(told);
    setTimeout(() => told.remove(), 6000);
  });
}

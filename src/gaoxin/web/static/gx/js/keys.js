// keys.js — `/` search · `g` then a letter = rail · j/k or arrows = rows · `?` list of keys. No key acts while typing.
let waiting = 0;
const typing = (el) => el.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

function step(by) {
  const rows = [...document.querySelectorAll('[data-row] a[href], a[data-row]')];
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  rows[Math.max(0, Math.min(rows.length - 1, next))].focus();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const key = event.key;
  if (waiting && Date.now() < waiting) {
    const link = document.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
    waiting = 0;
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (key === '/') {
    const field = document.getElementById('gx-search');
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (key === 'g') waiting = Date.now() + 1500;
  else if (key === '?') document.getElementById('gx-keys')?.showModal();
  else if (key === 'j' || key === 'k') {
    if (step(key === 'j' ? 1 : -1)) event.preventDefault();
  }
});
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-keys]')) document.getElementById('gx-keys')?.showModal();
});

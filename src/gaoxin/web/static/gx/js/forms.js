// forms.js — small help in forms: pick a file by dropping it, send a filter when it changes, guard against a second click.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-auto]');
  if (form && !event.target.closest('[data-manual]')) form.requestSubmit();
  const drop = event.target.closest('[data-drop]');
  if (drop && event.target.type === 'file') name(drop, event.target);
});

function name(drop, input) {
  const label = drop.querySelector('[data-file-name]');
  if (label) label.textContent = [...input.files].map((file) => file.name).join('、');
}

for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.('[data-drop]');
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle('is-over', kind === 'dragenter' || kind === 'dragover');
    if (kind === 'drop' && event.dataTransfer.files.length) {
      const input = drop.querySelector('input[type=file]');
      input.files = event.dataTransfer.files;
      name(drop, input);
    }
  });
}

// A form that changes something is sent once; coming back by the back button frees it again.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.hasAttribute('data-many') || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = '1';
  form.setAttribute('aria-busy', 'true');
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.removeAttribute('aria-busy');
  }
});

// All rows of a group at once, and how many are chosen.
document.addEventListener('change', (event) => {
  const all = event.target.closest('[data-check-all]');
  if (!all) return;
  for (const box of document.querySelectorAll(`input[name="${CSS.escape(all.dataset.checkAll)}"]`)) box.checked = all.checked;
});
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print();
});

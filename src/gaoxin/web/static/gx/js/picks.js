// picks.js — rows picked in a list: how many, what they add up to. The sums stand in data attributes of the rows.
const WAN = 1_000_000; // fen

document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-picks]');
  if (form) tell(form);
});
document.addEventListener('htmx:afterSettle', () => {
  for (const form of document.querySelectorAll('form[data-picks]')) tell(form);
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-picks]')) tell(form);
});

function tell(form) {
  const boxes = [...form.querySelectorAll('input[data-pick]:checked')];
  const bar = form.querySelector('[data-picked]');
  if (!bar) return;
  bar.hidden = boxes.length === 0;
  let cost = 0;
  let open = 0;
  for (const box of boxes) {
    if (box.dataset.cost === undefined || box.dataset.cost === '') open += 1;
    else cost += Number(box.dataset.cost);
  }
  say(bar, 'n', boxes.length);
  say(bar, 'cost', round(cost / WAN));
  say(bar, 'ready', boxes.length - open);
  say(bar, 'open', open);
  const rest = bar.querySelector('[data-rest]');
  if (rest) rest.hidden = open === 0;
}

function say(bar, name, value) {
  for (const place of bar.querySelectorAll(`[data-say="${name}"]`)) place.textContent = String(value);
}

function round(number) {
  return number.toLocaleString('zh-CN', { maximumFractionDigits: 2, useGrouping: false });
}

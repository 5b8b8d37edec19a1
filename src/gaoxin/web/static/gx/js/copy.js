// copy.js — numbers leave the page as digits a spreadsheet can add up: no thin spaces between digits, − as a plain minus.
const plain = (text) => text.replace(/(\d)[\u2009\u202f](?=\d)/g, '$1').replace(/\u2212(?=\d)/g, '-');

document.addEventListener('copy', (event) => {
  const field = document.activeElement;
  if (field && /^(INPUT|TEXTAREA)$/.test(field.tagName)) return; // what was typed is copied as it was typed
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !event.clipboardData) return;
  const said = chosen.toString();
  if (plain(said) === said) return;
  const box = document.createElement('div');
  for (let n = 0; n < chosen.rangeCount; n += 1) box.append(chosen.getRangeAt(n).cloneContents());
  const row = box.querySelector(':scope > tr, :scope > tbody, :scope > thead');
  const root = row ? Object.assign(document.createElement('table'), { innerHTML: box.innerHTML }) : box;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = plain(texts.currentNode.data);
  root.querySelectorAll('button, svg').forEach((part) => part.remove());
  event.clipboardData.setData('text/plain', plain(said));
  event.clipboardData.setData('text/html', row ? root.outerHTML : root.innerHTML);
  event.preventDefault();
});

// A translator that wraps texts, a dark reader that restyles what it finds, a password manager that adds to fields, an
// ad blocker that hides: all of them look again whenever something changes, through open shadow roots as well.
hostile.meddled = 0;
const roots = new Set([document]);
const meddle = (root) => {
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot && !roots.has(element.shadowRoot)) {
      roots.add(element.shadowRoot);
      observer.observe(element.shadowRoot, { childList: true, subtree: true, characterData: true });
    }
    if (element.matches('input, textarea') && !element.dataset.manager) {
      element.dataset.manager = 'yes';
      const icon = document.createElement('password-icon');
      icon.textContent = '🔑';
      element.after(icon);
      hostile.meddled++;
    }
    if (element.matches('button, h1, p, dt, dd, th, span') && !element.dataset.darkened) {
      element.dataset.darkened = 'yes';
      element.style?.setProperty('--darkreader-inline-color', '#ddd');
      hostile.meddled++;
    }
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentNode?.nodeName === 'FONT' || /^(SCRIPT|STYLE)$/.test(text.parentNode?.nodeName))
      continue;
    const font = document.createElement('font');
    font.append(text.data);
    text.replaceWith(font);
    hostile.meddled++;
  }
};
const observer = new MutationObserver(() => {
  clearTimeout(hostile.meddling);
  hostile.meddling = setTimeout(() => roots.forEach(meddle), 50);
});
observer.observe(document, { childList: true, subtree: true, characterData: true });
for (const wait of [0, 500, 1_500]) setTimeout(() => roots.forEach(meddle), wait);

// Their dialog is open, and their script pulls the focus back into it, as widgets for dialogs do.
const dialog = document.querySelector('#dialog');
dialog.showModal();
document.addEventListener('focusin', (event) => {
  if (!dialog.contains(event.target)) dialog.querySelector('*')?.focus();
});

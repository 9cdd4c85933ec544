// A consent manager that takes away scripts which it does not know, before they ran.
for (const script of document.querySelectorAll('script[data-backend]')) script.remove();

/** A contact as an attacker would fill it in. */
export const hostileValues = {
  name: { first: '<img src=x onerror=hostile.pwned=1>', last: '"><script>hostile.pwned=2</script>' },
  jobTitle: '\u202Egnp.exe \u2066<svg onload=hostile.pwned=3>',
  emails: [{ value: 'a@b.example' }],
  phones: [{ value: '+39 06 4780 0002' }],
} as const;

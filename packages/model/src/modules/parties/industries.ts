/** What a company lives on. */
// prettier-ignore
export const industries = [
  'agriculture', 'automotive', 'banking', 'chemicals', 'construction', 'consulting', 'education', 'electronics',
  'energy', 'engineering', 'entertainment', 'fashion', 'food', 'furniture', 'government', 'healthcare', 'hospitality',
  'insurance', 'it', 'legal', 'logistics', 'machinery', 'manufacturing', 'media', 'mechanical', 'nonprofit', 'pharma',
  'professional', 'publishing', 'realestate', 'retail', 'telecom', 'textile', 'transport', 'utilities', 'wholesale',
  'other',
] as const;

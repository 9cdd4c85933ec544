/** How sure a deal is, from left out of the forecast to closed. */
export const forecastCategories = ['omitted', 'pipeline', 'best_case', 'commit', 'closed'] as const;

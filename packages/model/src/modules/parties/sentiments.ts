/** How a person sounds, from worst to best. */
export const sentiments = ['very_negative', 'negative', 'neutral', 'positive', 'very_positive'] as const;

/** Places that a presenter can stand in, and what the composer is told to draw; the studio is drawn here. */
export const SETTING_PROMPTS = {
  studio: undefined,
  office: 'modern office in the day',
  stage: 'stage with curtain and spotlights',
  garden: 'garden in spring, flowers',
} as const;

export const BACKGROUND_SETTINGS = Object.keys(SETTING_PROMPTS) as readonly (keyof typeof SETTING_PROMPTS)[];

import { button } from './button.ts';
import { chip } from './chip.ts';
import { input } from './input.ts';
import { overlay } from './overlay.ts';
import { rest } from './rest.ts';

/** All controls at once, for elements that need most of them; small ones import what they use. */
export const controls = [button, chip, rest, input, overlay];

import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { chip } from '../styles/chip.ts';
import { input } from '../styles/input.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';
import { boardStyles } from './board.styles.ts';
import { cardStyles } from './card.styles.ts';
import { columnStyles } from './column.styles.ts';
import { liftedStyles } from './lifted.styles.ts';

export const styles = [tokens, base, button, chip, rest, input, columnStyles, cardStyles, liftedStyles, boardStyles];

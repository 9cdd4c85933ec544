import { controls } from '../styles/controls.ts';
import { comboboxStyles } from './combobox.styles.ts';
import { dropZoneStyles } from './drop-zone.styles.ts';
import { fieldStyles } from './field.styles.ts';

/** Everything that an element with fields needs. */
export const formStyles = [controls, fieldStyles, comboboxStyles, dropZoneStyles];

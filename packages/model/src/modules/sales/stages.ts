import { choice } from '../../kinds/choice.ts';
import { color } from '../../kinds/color.ts';
import { computed } from '../../kinds/computed.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { link } from '../../kinds/link.ts';
import { percent } from '../../kinds/percent.ts';
import { richtext } from '../../kinds/richtext.ts';
import { tags } from '../../kinds/tags.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import {
  closedProbability,
  customerLabel,
  isClosedStage,
  lastOfKind,
  oneWonStage,
  stageOrder,
  stageStays,
} from '../../rules/stages.ts';
import { taskTypes } from '../activities/task-types.ts';
import { forecastCategories } from './forecast-categories.ts';

/** One step of a pipeline, and what it takes to get there. */
export const stages = /* @__PURE__ */ defineModule('stages', {
  area: 'sales',
  title: ['name'],
  // prettier-ignore
  fields: {
    pipeline:         link('pipelines', { required: true, onDelete: 'restrict', indexed: true }),
    name:             text({ required: true, max: 120 }),
    order:            integer({ min: 0, filled: true }),
    kind:             choice(['open', 'won', 'lost'], { required: true, tones: { won: 'ok', lost: 'bad' } }),
    probability:      percent(),
    forecastCategory: choice(forecastCategories),
    color:            color(),
    maxDays:          integer({ min: 1 }),
    requiredFields:   tags(),
    requiredTasks:    tags(),
    taskTemplates:    grid({ columns: { subject: text({ required: true }), type: choice(taskTypes), afterDays: integer({ min: 0 }) }, rare: true }),
    guidance:         richtext(),
    customerLabel:    text({ max: 120 }),
    closed:           computed(toggle(), ['kind'], isClosedStage),
  },
  many: {
    deals: { module: 'deals', by: 'stage' },
  },
  list: ['name', 'pipeline', 'order', 'kind', 'probability', 'forecastCategory', 'maxDays'],
  card: ['kind', 'probability'],
  rules: [stageOrder, closedProbability, oneWonStage, stageStays, customerLabel, lastOfKind],
});

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { iconClose, iconStar } from '../icons.ts';
import type { RenderControl } from './control-view.ts';

/** Stars as a group of radio buttons, so that arrows choose and readers say how many. */
export const renderRating: RenderControl<'rating'> = ({ form, id, path, value, control, isReadonly, onEdit }) => {
  const chosen = typeof value === 'number' ? value : 0;
  const stars = Array.from({ length: control.max }, (_, index) => index + 1);
  return html`<div class="stars">
    ${stars.map(
      (star) =>
        html`<label class="star" ?data-filled=${star <= chosen}>
          <input
            class="unseen"
            type="radio"
            name=${id}
            id=${star === 1 ? id : nothing}
            aria-label=${form.text('rating.stars', { count: star, max: control.max })}
            ?disabled=${isReadonly}
            .checked=${live(star === chosen)}
            @change=${() => onEdit(path, { value: star })}
          />
          ${iconStar}
        </label>`,
    )}
    ${
      chosen > 0 && !isReadonly
        ? html`<button
            class="button quiet square"
            type="button"
            aria-label=${form.text('control.clear')}
            @click=${() => onEdit(path, { value: null })}
          >
            ${iconClose}
          </button>`
        : nothing
    }
  </div>`;
};

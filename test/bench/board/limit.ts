// The limit our board is held against: plain DOM by hand, only the cards a person can see, and the simplest drag that
// works. No data layer, no scrolling, no keyboard, no languages, no states: nothing can be faster and show the same.
import { accountName, cards, stageNames, type Card } from './cards.ts';
import { offer } from './page.ts';

const css = `.board{display:flex;gap:8px;height:820px}.column{flex:1;min-width:0;background:#f4f4f5;border-radius:10px;padding:8px;overflow:hidden}
h3{margin:0;font-size:14px}.sum{margin:0 0 8px;font-weight:600}
.card{box-sizing:border-box;height:99px;margin:0 0 6px;padding:8px 11px;background:#fff;border:1px solid #ddd;border-radius:6px;cursor:grab;overflow:hidden;font:14px/1.43 system-ui,sans-serif}
.card div{display:flex;gap:8px;white-space:nowrap}.card a{font-weight:600;color:inherit;text-decoration:none}.card i{font-style:normal;color:#667;flex:1}.card span{color:#667;font-size:12px}.overdue{color:#c02a37}.card .a{border-radius:50%;background:#e4e7fb}`;

/** Made when they are first needed, as on any page; the same five that our board needs for the same texts. */
const formatters = () => ({
  money: new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }),
  percent: new Intl.NumberFormat('en', { style: 'unit', unit: 'percent', maximumFractionDigits: 0 }),
  count: new Intl.NumberFormat('en', { useGrouping: 'always' }),
  date: new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  today: new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Rome' }).format(new Date()),
});

type Formatters = ReturnType<typeof formatters>;

const inner = ({ name, account, amount, probability, date: day, nextStep }: Card, format: Formatters): string =>
  `<a href="#">${name}</a><div><i>${accountName(account)}</i><span>${format.percent.format(Number(probability))}</span></div><div><span>${nextStep ?? ''}</span></div>
  <div><b>${format.money.format(Number(amount))}</b><i></i><span class="${day < format.today ? 'overdue' : ''}">${format.date.format(Date.parse(day))}</span><span class="a">GR</span></div>`;

const sumOf = (some: readonly Card[]): number => some.reduce((sum, { amount }) => sum + Number(amount), 0);

/** What fits in sight, and two more. */
const perColumn = 9;

let columns: HTMLElement[] = [];

let all: readonly Card[] = [];

const mount = (host: HTMLElement): void => {
  const format = formatters();
  const style = document.createElement('style');
  style.textContent = css;
  const board = document.createElement('div');
  board.className = 'board';
  board.innerHTML = stageNames
    .map((name, index) => {
      const own = all.filter(({ stage }) => stage === index);
      const shown = own.slice(0, perColumn).map((card) => `<div class="card">${inner(card, format)}</div>`);
      return `<div class="column"><h3>${name} <span>${format.count.format(own.length)}</span></h3><p class="sum">${format.money.format(sumOf(own))}</p>${shown.join('')}</div>`;
    })
    .join('');
  host.append(style, board);
  columns = [...board.children] as HTMLElement[];
  board.addEventListener('pointerdown', (event) => drag(event, board));
};

const drag = (event: PointerEvent, board: HTMLElement): void => {
  const card = (event.target as Element).closest<HTMLElement>('.card');
  if (!card) return;
  event.preventDefault();
  const { left, top, width } = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  ghost.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;pointer-events:none;will-change:transform;z-index:9`;
  board.parentElement!.append(ghost);
  board.setPointerCapture(event.pointerId);
  const boxes = columns.map((column) => column.getBoundingClientRect());
  const over = new AbortController();
  const { signal } = over;
  board.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      ghost.style.transform = `translate(${clientX - event.clientX}px,${clientY - event.clientY}px)`;
    },
    { signal },
  );
  board.addEventListener(
    'pointerup',
    ({ clientX }) => {
      ghost.remove();
      over.abort();
      const index = boxes.findIndex((box) => clientX >= box.left && clientX < box.right);
      columns[index]?.insertBefore(card, columns[index].children[2]!);
    },
    { signal },
  );
};

const cardsOf = (column: Element): readonly Element[] => [...column.querySelectorAll('.card')];

offer({
  prepare: (count) => void (all = cards(count)),
  mount,
  isThere: () => columns.length > 0,
  columns: () => columns,
  cards: cardsOf,
  counts: () => columns.map((column) => cardsOf(column).length),
});

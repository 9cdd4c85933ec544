/** Six stages, and deals spread evenly over them: what both pages show. */
export const stageNames = ['New', 'Qualified', 'Needs', 'Offer', 'Negotiation', 'Contract'];

const people = ['Rossi', 'Bianchi', 'Ferrari', 'Esposito', 'Romano', 'Colombo', 'Ricci', 'Marino', 'Greco', 'Bruno'];

export interface Card {
  readonly number: number;
  readonly stage: number;
  readonly name: string;
  readonly account: number;
  readonly amount: string;
  readonly probability: string;
  readonly date: string;
  readonly nextStep: string | null;
}

export const accountName = (number: number): string => `${people[number % 10]!} ${['Srl', 'SpA', 'Snc'][number % 3]!}`;

const cardNumber = (number: number): Card => ({
  number,
  stage: number % 6,
  name: `Deal ${number} ${people[number % 10]!}`,
  account: (number * 7) % 30,
  amount: `${((number * 37) % 90_000) + 1000}.00`,
  probability: `${((number % 6) + 1) * 15}.00`,
  // Later numbers close later, so that both pages show the same first cards
  date: new Date(Date.UTC(2027, 0, 1) + Math.floor(number / 60) * 86_400_000).toISOString().slice(0, 10),
  nextStep: number % 2 === 0 ? 'Send the offer' : null,
});

export const cards = (count: number): readonly Card[] =>
  Array.from({ length: count }, (_, number) => cardNumber(number));

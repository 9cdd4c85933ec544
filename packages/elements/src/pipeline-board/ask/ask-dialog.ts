export const renderAsk = (_element: unknown, _asking: unknown): unknown => undefined;

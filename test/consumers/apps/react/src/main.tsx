import type { ContactCardElement } from '@tessera-crm/elements';
import { CrmContactCard, CrmPipelineBoard, CrmRecordList, CrmTicketForm } from '@tessera-crm/elements/react';
import { StrictMode, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { contact, deal, hear, start } from '../../crm.ts';

const App = (): ReactNode => {
  const card = useRef<ContactCardElement>(null);
  const [limit, setLimit] = useState<number | undefined>(1);
  return (
    <>
      <button onClick={() => setLimit(undefined)}>As many as usual</button>
      <button onClick={() => card.current?.retry()}>Read again</button>
      <CrmContactCard ref={card} className="mine" record={contact} headingLevel={2} onCrmReady={hear} />
      <CrmRecordList module="contacts" query={{ where: { id: contact } }} limit={limit} onCrmReady={hear} />
      <CrmTicketForm
        fields="subject,description"
        values={{ description: 'From the page' }}
        onCrmReady={hear}
        onCrmSave={hear}
      />
      <CrmPipelineBoard query={{ name: deal }} onCrmReady={hear} />
    </>
  );
};

const root = createRoot(document.querySelector('#app')!);
flushSync(() =>
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
start();

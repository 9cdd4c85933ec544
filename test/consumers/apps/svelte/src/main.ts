import { mount } from 'svelte';
import { start } from '../../crm.ts';
import App from './app.svelte';

mount(App, { target: document.querySelector('#app')! });
start();
